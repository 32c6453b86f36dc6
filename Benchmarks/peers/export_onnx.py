"""Writes the encoder, pooled and scaled to length 1, as ONNX: in float32, and its dynamic int8.

    export_onnx.py MODEL-FOLDER CACHE-FOLDER

Of the exports of PyTorch (two exporters, two kinds of attention) and of what ONNX Runtime's own
optimizer for transformers makes of them, this one ran fastest.
"""

import os
import pathlib
import sys

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel


class Embedder(torch.nn.Module):
    def __init__(self, folder: str):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="eager"
        )

    def forward(self, input_ids, attention_mask):
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)


def main(folder: str, cache: str) -> None:
    ids = torch.tensor([[101, 7592, 2088, 102], [101, 7592, 102, 0]])
    inputs = (ids, (ids != 0).long())
    names = ["input_ids", "attention_mask"]
    place = pathlib.Path(cache)
    place.mkdir(parents=True, exist_ok=True)
    aside = place / "fp32.onnx.part"
    torch.onnx.export(
        Embedder(folder).eval(),
        inputs,
        str(aside),
        input_names=names,
        output_names=["sentence_embedding"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in names},
        dynamo=False,
    )
    quantize_dynamic(aside, place / "int8.onnx.part", weight_type=QuantType.QInt8)
    for variant in ["fp32", "int8"]:
        (place / f"{variant}.onnx.part").rename(place / f"{variant}.onnx")


main(*sys.argv[1:])
