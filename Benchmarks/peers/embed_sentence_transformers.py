"""Sentence embeddings with sentence-transformers, which sorts by length by itself."""

import peer

options = peer.arguments("embed", ["encode"])

import torch
from sentence_transformers import SentenceTransformer


def main() -> None:
    torch.set_num_threads(options.threads)
    model = SentenceTransformer(options.model, device="cpu")
    texts = [row["input"] for row in peer.rows(options.texts)]

    def embed() -> None:
        model.encode(
            texts,
            batch_size=options.batch,
            normalize_embeddings=True,
            show_progress_bar=False,
        )

    embed()
    peer.answer(
        options, "sentence-transformers", "sentence-transformers", len(texts), peer.seconds(embed)
    )


main()
