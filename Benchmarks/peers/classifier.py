"""The classifier that the training programs train: an encoder, mean-pooled, and a softmax head."""

import peer
import torch
from torch.utils.data import Dataset
from transformers import AutoConfig, AutoModel, AutoTokenizer


class Classifier(torch.nn.Module):
    def __init__(self, encoder: torch.nn.Module, width: int, labels: int):
        super().__init__()
        self.encoder = encoder
        self.head = torch.nn.Linear(width, labels)

    def forward(self, input_ids, attention_mask, labels):
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        features = (hidden * mask).sum(dim=1) / mask.sum(dim=1)
        logits = self.head(features)
        return {"loss": torch.nn.functional.cross_entropy(logits, labels), "logits": logits}


def load(folder: str, labels: int, lora_targets: str | list[str] | None = None) -> Classifier:
    """The encoder without dropout, which spares the peer work, and with adapters if it has targets."""
    torch.manual_seed(1)
    config = AutoConfig.from_pretrained(folder)
    config.hidden_dropout_prob = 0.0
    config.attention_probs_dropout_prob = 0.0
    encoder = AutoModel.from_pretrained(folder, config=config, add_pooling_layer=False)
    if lora_targets is not None:
        import peft

        encoder = peft.get_peft_model(
            encoder,
            peft.LoraConfig(
                r=8,
                lora_alpha=16,
                lora_dropout=0.0,
                target_modules=lora_targets,
                task_type=peft.TaskType.FEATURE_EXTRACTION,
            ),
        )
    return Classifier(encoder, config.hidden_size, labels).train()


class Rows(Dataset):
    """Token ids and labels, made before the clock starts."""

    def __init__(self, folder: str, texts: list[str], labels: list[int]):
        tokenizer = AutoTokenizer.from_pretrained(folder)
        encoded = tokenizer(texts, truncation=True, max_length=peer.MAXIMUM_LENGTH)
        self.rows = list(zip(encoded["input_ids"], labels))

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> tuple[list[int], int]:
        return self.rows[index]


def collate(rows: list[tuple[list[int], int]]) -> dict[str, torch.Tensor]:
    """Pads to the longest sequence of the batch."""
    length = max(len(ids) for ids, _ in rows)
    ids = torch.zeros(len(rows), length, dtype=torch.long)
    mask = torch.zeros(len(rows), length, dtype=torch.long)
    for row, (sequence, _) in enumerate(rows):
        ids[row, : len(sequence)] = torch.tensor(sequence)
        mask[row, : len(sequence)] = 1
    labels = torch.tensor([label for _, label in rows])
    return {"input_ids": ids, "attention_mask": mask, "labels": labels}
