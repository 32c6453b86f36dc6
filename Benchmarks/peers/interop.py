"""Compares what Hone and the Python libraries say of the same checkpoints. See scripts/interop.

Features of a text, in Hone: the mean over its tokens of each of the last four layers' outputs, each
scaled to length 1, side by side in rising order. logits = weight · features + bias.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"

import peft
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from transformers import AutoModel, AutoTokenizer

TOLERANCE = 1e-4
LAYERS = 4


class Failure(Exception):
    """A check that did not hold."""


class Reference:
    """A text's features and logits in PyTorch, one text at a time: nothing is padded."""

    def __init__(self, encoder: torch.nn.Module, folder: pathlib.Path, head: "Head"):
        self.encoder = encoder.eval()
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.maximum = json.loads((folder / "sentence_bert_config.json").read_text())
        self.head = head

    @torch.inference_mode()
    def features(self, texts: list[str]) -> torch.Tensor:
        rows = []
        for text in texts:
            encoded = self.tokenizer(
                text,
                truncation=True,
                max_length=self.maximum["max_seq_length"],
                return_tensors="pt",
            )
            outputs = self.encoder(**encoded, output_hidden_states=True)
            means = [layer[0].mean(dim=0) for layer in outputs.hidden_states[-LAYERS:]]
            rows.append(torch.cat([mean / mean.norm() for mean in means]))
        return torch.stack(rows)

    def logits(self, features: torch.Tensor) -> torch.Tensor:
        return features @ self.head.weight.T + self.head.bias


class Head:
    """head.safetensors: weight [labels, layers * hidden], bias [labels], labels as metadata."""

    def __init__(self, folder: pathlib.Path):
        with safe_open(folder / "head.safetensors", framework="pt") as file:
            self.weight = file.get_tensor("weight")
            self.bias = file.get_tensor("bias")
            self.labels = json.loads((file.metadata() or {}).get("labels", "null"))
        if self.labels is None or len(self.labels) != len(self.bias):
            raise Failure(f"{folder}/head.safetensors names {self.labels} for {len(self.bias)} rows")


class Hone:
    """What Hone's program prints of a checkpoint."""

    def __init__(self, options: argparse.Namespace):
        self.options = options

    def says(self, checkpoint: pathlib.Path) -> dict:
        command = [self.options.program, "--checkpoint", str(checkpoint)]
        command += ["--base", str(self.options.base), "--texts", str(self.options.texts)]
        outcome = subprocess.run(command, capture_output=True, text=True)
        if outcome.returncode != 0:
            raise Failure(f"Hone refused {checkpoint}: {outcome.stderr.strip()[-1000:]}")
        return json.loads(outcome.stdout)


# MARK: - The checks


def adapter_of_hone(options: argparse.Namespace, hone: Hone, texts: list[str]) -> str:
    """An adapter that Hone wrote, loaded with peft."""
    folder = options.adapter
    reference = Reference(with_adapter(options.base, folder), options.base, Head(folder))
    return agree(hone.says(folder), reference, texts) + moved(options, reference, texts)


def adapter_of_peft(options: argparse.Namespace, hone: Hone, texts: list[str], **settings) -> str:
    """An adapter that peft wrote, loaded by Hone."""
    torch.manual_seed(1)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        encoder = AutoModel.from_pretrained(options.base, add_pooling_layer=False)
        width = LAYERS * encoder.config.hidden_size
        config = peft.LoraConfig(
            task_type=peft.TaskType.FEATURE_EXTRACTION, lora_alpha=16, lora_dropout=0.1, **settings
        )
        adapted = peft.get_peft_model(encoder, config)
        for parameter in adapted.parameters():
            if parameter.requires_grad:
                parameter.data.normal_(std=0.05)
        adapted.save_pretrained(folder)
        save_file(
            {"weight": torch.randn(5, width), "bias": torch.randn(5)},
            folder / "head.safetensors",
            metadata={"labels": json.dumps(["five", "fóur", "three", "two", "one"])},
        )
        reference = Reference(with_adapter(options.base, folder), options.base, Head(folder))
        return agree(hone.says(folder), reference, texts) + moved(options, reference, texts)


def full_in_transformers(options: argparse.Namespace, hone: Hone, texts: list[str]) -> str:
    """A full checkpoint of Hone, loaded with transformers."""
    folder = options.full
    encoder, loading = AutoModel.from_pretrained(folder, output_loading_info=True)
    strange = [key for key in loading["missing_keys"] if not key.startswith("pooler.")]
    strange += [key for key in loading["unexpected_keys"] if not key.startswith("pooler.")]
    if strange or loading["mismatched_keys"]:
        raise Failure(f"weights that do not fit: {strange or loading['mismatched_keys']}")
    return agree(hone.says(folder), Reference(encoder, folder, Head(folder)), texts)


def full_in_sentence_transformers(options: argparse.Namespace, hone: Hone, texts: list[str]) -> str:
    """A full checkpoint of Hone, loaded with sentence-transformers.

    Its embedding is the last layer's share of Hone's features.
    """
    model = SentenceTransformer(str(options.full), device="cpu")
    embeddings = model.encode(
        texts, batch_size=1, normalize_embeddings=True, convert_to_tensor=True
    )
    features = torch.tensor(hone.says(options.full)["features"])
    return compare(features[:, -embeddings.shape[1] :], embeddings, "embeddings")


# MARK: - Comparing


def with_adapter(base: pathlib.Path, folder: pathlib.Path) -> torch.nn.Module:
    """The base with the adapter of `folder`; every matrix of the file has to find its place."""
    encoder = AutoModel.from_pretrained(base, add_pooling_layer=False)
    adapted = peft.PeftModel.from_pretrained(encoder, folder)
    written = load_file(folder / "adapter_model.safetensors")
    loaded = peft.get_peft_model_state_dict(adapted)
    if set(written) != set(loaded):
        odd = sorted(set(written) ^ set(loaded))
        raise Failure(f"{len(odd)} names of adapter matrices do not match, as {odd[0]}")
    changed = [name for name in written if not torch.equal(written[name], loaded[name])]
    if changed:
        raise Failure(f"peft did not take over {changed[0]}")
    return adapted


def agree(said: dict, reference: Reference, texts: list[str]) -> str:
    if said["labels"] != reference.head.labels:
        raise Failure(f"labels are {said['labels']} in Hone, {reference.head.labels} in the file")
    features = reference.features(texts)
    logits = reference.logits(features)
    found = compare(torch.tensor(said["features"]), features, "features")
    return f"{compare(torch.tensor(said['logits']), logits, 'logits')}, {found}"


def compare(said: torch.Tensor, expected: torch.Tensor, what: str) -> str:
    if said.shape != expected.shape:
        raise Failure(f"{what} have shape {list(said.shape)} in Hone, not {list(expected.shape)}")
    difference = (said - expected).abs().max().item()
    if not difference <= TOLERANCE:  # true of NaN as well
        raise Failure(f"{what} differ by {difference:.2g}, more than {TOLERANCE:g}")
    return f"{what} within {difference:.1e}"


def moved(options: argparse.Namespace, reference: Reference, texts: list[str]) -> str:
    """Without this a lost adapter on both sides would pass."""
    plain = AutoModel.from_pretrained(options.base, add_pooling_layer=False)
    base = Reference(plain, options.base, reference.head)
    difference = reference.logits(reference.features(texts)) - base.logits(base.features(texts))
    largest = difference.abs().max().item()
    if largest <= 100 * TOLERANCE:
        raise Failure(f"the adapter moves logits by {largest:.2g} only: it shows nothing")
    return f"; the adapter moves logits by up to {largest:.2g}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--base", type=pathlib.Path, required=True)
    parser.add_argument("--texts", type=pathlib.Path, required=True)
    parser.add_argument("--adapter", type=pathlib.Path)
    parser.add_argument("--full", type=pathlib.Path)
    options = parser.parse_args()
    hone = Hone(options)
    lines = options.texts.read_text(encoding="utf-8").split("\n")
    texts = [json.loads(line)["input"] for line in lines if line]
    peft_checks = {
        "adapter of peft (r 8, all linear layers) in Hone": {
            "r": 8,
            "target_modules": "all-linear",
        },
        "adapter of peft (r 4, query and value, rslora) in Hone": {
            "r": 4,
            "target_modules": ["query", "value"],
            "use_rslora": True,
        },
    }
    checks = {
        name: lambda settings=settings: adapter_of_peft(options, hone, texts, **settings)
        for name, settings in peft_checks.items()
    }
    if options.adapter:
        checks["adapter of Hone in peft"] = lambda: adapter_of_hone(options, hone, texts)
    if options.full:
        checks["full checkpoint of Hone in transformers"] = lambda: full_in_transformers(
            options, hone, texts
        )
        checks["full checkpoint of Hone in sentence-transformers"] = (
            lambda: full_in_sentence_transformers(options, hone, texts)
        )
    failed = 0
    for name, check in checks.items():
        try:
            print(f"interop: {name}: {check()}", flush=True)
        except Exception as failure:  # a library's refusal is a finding as well
            failed += 1
            print(f"interop: {name}: FAILED: {failure}", flush=True)
    print(f"interop: {len(checks) - failed} of {len(checks)} checks hold on {len(texts)} texts")
    sys.exit(1 if failed else 0)


main()
