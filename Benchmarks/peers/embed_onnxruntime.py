"""Sentence embeddings with ONNX Runtime, in float32 or in its dynamic int8.

Runs without PyTorch; the export is another program's work, once.
"""

import hashlib
import pathlib
import subprocess
import sys

import peer

options = peer.arguments("embed", ["fp32", "int8"])

import numpy
import onnxruntime
from tokenizers import Tokenizer


def main() -> None:
    path = exported()
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    settings.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, settings, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(pathlib.Path(options.model) / "tokenizer.json"))
    tokenizer.enable_truncation(peer.MAXIMUM_LENGTH)
    tokenizer.no_padding()
    texts = [row["input"] for row in peer.rows(options.texts)]

    def embed() -> None:
        encoded = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
        for batch in peer.by_length(encoded, options.batch):
            ids = numpy.zeros((len(batch), len(batch[0])), dtype=numpy.int64)
            mask = numpy.zeros_like(ids)
            for row, sequence in enumerate(batch):
                ids[row, : len(sequence)] = sequence
                mask[row, : len(sequence)] = 1
            session.run(None, {"input_ids": ids, "attention_mask": mask})

    embed()
    peer.answer(options, "ONNX Runtime", "onnxruntime", len(texts), peer.seconds(embed))


def exported() -> str:
    """The export in the cache, under the hash of the weights; made first if it is not there."""
    with open(pathlib.Path(options.model) / "model.safetensors", "rb") as weights:
        name = hashlib.file_digest(weights, "sha256").hexdigest()[:16]
    place = pathlib.Path(options.cache) / name
    path = place / f"{options.variant}.onnx"
    if not path.exists():
        program = pathlib.Path(__file__).with_name("export_onnx.py")
        command = [sys.executable, str(program), options.model, str(place)]
        outcome = subprocess.run(command, capture_output=True, text=True)
        if outcome.returncode != 0:
            raise SystemExit(f"the export to ONNX failed:\n{outcome.stderr[-2000:]}")
    return str(path)


main()
