"""Sentence embeddings with transformers in PyTorch, eager or compiled."""

import peer

options = peer.arguments("embed", ["eager", "compiled"])

import torch
from transformers import AutoModel, AutoTokenizer


class Embedder(torch.nn.Module):
    """Mean-pooled last layer, scaled to length 1."""

    def __init__(self, encoder: torch.nn.Module):
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids, attention_mask):
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)


def main() -> None:
    torch.set_num_threads(options.threads)
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    encoder = AutoModel.from_pretrained(options.model, add_pooling_layer=False)
    model = Embedder(encoder).eval()
    run = torch.compile(model, dynamic=True) if options.variant == "compiled" else model
    texts = [row["input"] for row in peer.rows(options.texts)]

    @torch.inference_mode()
    def embed() -> None:
        encoded = tokenizer(texts, truncation=True, max_length=peer.MAXIMUM_LENGTH)["input_ids"]
        for batch in peer.by_length(encoded, options.batch):
            ids = torch.zeros(len(batch), len(batch[0]), dtype=torch.long)
            mask = torch.zeros_like(ids)
            for row, sequence in enumerate(batch):
                ids[row, : len(sequence)] = torch.tensor(sequence)
                mask[row, : len(sequence)] = 1
            run(ids, mask)

    embed()
    peer.answer(options, "PyTorch", "torch", len(texts), peer.seconds(embed))


main()
