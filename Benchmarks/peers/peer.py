"""What the peers' programs share: the command line, the texts, batches, the clock, the answer.

Imports nothing heavy, so that a program's peak memory is its tool's own.
"""

import argparse
import importlib.metadata
import json
import os
import pathlib
import resource
import time
from collections.abc import Callable, Iterator

MAXIMUM_LENGTH = 256  # tokens, as sentence_bert_config.json of the model says
WARM_UP_STEPS = 5
LEARNING_RATE = 2e-5
WEIGHT_DECAY = 0.01
MAXIMUM_NORM = 1.0


def arguments(task: str, variants: list[str]) -> argparse.Namespace:
    """The command line that all programs have; `variants` of this one, the default first.

    `task` is what the program measures, or "full|lora" where it can do both.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", required=True, help='JSON lines with "input" and "expect"')
    parser.add_argument("--model", required=True, help="folder of the model")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--task", choices=task.split("|"), default=task.split("|")[0])
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--variant", choices=variants, default=variants[0])
    parser.add_argument("--cache", help="folder for exported models", default="peers-cache")
    options = parser.parse_args()
    # Before torch and tokenizers are imported, which read them then.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["OMP_NUM_THREADS"] = str(options.threads)
    os.environ["RAYON_NUM_THREADS"] = str(options.threads)
    os.environ["TOKENIZERS_PARALLELISM"] = "true"
    return options


def rows(path: str) -> list[dict]:
    lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines if line.strip()]
    if not found:
        raise SystemExit(f"{path}: there are no texts in it")
    return found


def labelled(path: str) -> tuple[list[str], list[int], int]:
    """Texts, their labels as numbers, and how many labels there are."""
    found = rows(path)
    names = [str(row.get("expect", index % 5)) for index, row in enumerate(found)]
    numbers = {name: number for number, name in enumerate(sorted(set(names)))}
    if len(numbers) < 2:
        raise SystemExit(f"{path}: training needs texts of two labels or more")
    return [row["input"] for row in found], [numbers[name] for name in names], len(numbers)


def by_length(ids: list[list[int]], batch: int) -> Iterator[list[list[int]]]:
    """Batches of sequences of like length, so that little is padded."""
    ordered = sorted(ids, key=len, reverse=True)
    for start in range(0, len(ordered), batch):
        yield ordered[start : start + batch]


def seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_mebibytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def answer(
    options: argparse.Namespace,
    tool: str,
    package: str,
    texts: int,
    seconds: float,
    steps: int | None = None,
) -> None:
    """Prints the one line that `scripts/bench` reads."""
    print(
        json.dumps(
            {
                "tool": tool,
                "task": options.task,
                "variant": options.variant,
                "batch": options.batch,
                "texts": texts,
                "textsPerSecond": round(texts / seconds, 3),
                "msPerStep": round(1000 * seconds / steps, 3) if steps else None,
                "peakMiB": round(peak_mebibytes(), 1),
                "version": importlib.metadata.version(package),
            }
        ),
        flush=True,
    )
