"""What one does in Python: sentence-transformers' embeddings, scikit-learn's logistic regression.

Reads {"train": [[text, intent]…], "test": […]} from a file, prints one line of JSON.
"""

import json
import os
import resource
import sys
import time

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["OMP_NUM_THREADS"] = sys.argv[3]

import torch
from sentence_transformers import SentenceTransformer
from sklearn.linear_model import LogisticRegression


def main() -> None:
    torch.set_num_threads(int(sys.argv[3]))
    with open(sys.argv[1], encoding="utf-8") as file:
        data = json.load(file)
    model = SentenceTransformer(sys.argv[2], device="cpu")
    start = time.perf_counter()

    def embed(rows: list) -> object:
        texts = [text for text, _ in rows]
        return model.encode(
            texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False
        )

    head = LogisticRegression(C=30, max_iter=1000)
    head.fit(embed(data["train"]), [intent for _, intent in data["train"]])
    seconds = time.perf_counter() - start
    answers = head.predict(embed(data["test"]))
    right = [answer == intent for answer, (_, intent) in zip(answers, data["test"])]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mebibytes": peak, "right": right}))


main()
