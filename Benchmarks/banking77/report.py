"""docs/banking77.md: what was reached, how it was measured, how to repeat it."""

import dataclasses
import datetime
import statistics

import page
from dataset import Dataset
from trial import Outcome, Recipe


@dataclasses.dataclass(frozen=True)
class Line:
    recipe: Recipe
    seed: int
    own: Outcome
    peer: Outcome


def sentence(line: Line) -> str:
    own, peer = line.own, line.peer
    return (
        f"{line.recipe.name}, seed {line.seed}: {own.accuracy:.2%} (without shared texts "
        f"{own.accuracy_unshared:.2%}) by {own.rung}, {own.seconds:.0f} s, {own.mebibytes:.0f} MiB; "
        f"scikit-learn {peer.accuracy:.2%} ({peer.accuracy_unshared:.2%}), "
        f"{peer.seconds:.0f} s, {peer.mebibytes:.0f} MiB"
    )


def render(lines: list[Line], data: Dataset, is_rehearsal: bool, threads: int) -> str:
    test = "a fifth of the training file" if is_rehearsal else "the test file"
    processor, _ = page.cpu()
    parts = [
        "# Banking77",
        "",
        f"Written by `scripts/bench-banking77`, {datetime.date.today().isoformat()}. "
        f"{processor}, {threads} thread{'s' if threads > 1 else ''}.",
        "",
        f"{len(data.intents)} intents, {len(data.train):,} training rows ({data.repeats()} repeat "
        f"another, {data.contradictions()} contradicts itself), {len(data.test):,} test rows: {test}. "
        f"{len(data.shared())} texts stand in both (case and punctuation apart).",
        "",
        page.row(["", "tool", "rows", "accuracy", "without shared texts", "time", "peak memory"]),
        page.row(["---"] * 2 + ["---:"] * 5),
    ]
    for recipe in dict.fromkeys(line.recipe for line in lines):
        own = [line.own for line in lines if line.recipe == recipe]
        rungs = sorted({outcome.rung for outcome in own})
        parts.append(cells(recipe.name, f"**Hone** ({', '.join(rungs)})", own))
        peers = [line.peer for line in lines if line.recipe == recipe]
        parts.append(cells("", "scikit-learn on frozen embeddings", peers))
    return "\n".join(parts + ["", READING])


def cells(name: str, tool: str, outcomes: list[Outcome]) -> str:
    return page.row(
        [
            name,
            tool,
            f"{outcomes[0].rows:,}",
            share([outcome.accuracy for outcome in outcomes]),
            share([outcome.accuracy_unshared for outcome in outcomes]),
            f"{statistics.median(outcome.seconds for outcome in outcomes):.0f} s",
            f"{max(outcome.mebibytes for outcome in outcomes):,.0f} MiB",
        ]
    )


def share(values: list[float]) -> str:
    """In per cent; over seeds with their standard deviation."""
    text = f"{statistics.fmean(values):.2%}"
    if len(values) > 1:
        text += f" (sd {statistics.stdev(values):.2%}, {len(values)} seeds)"
    return text


READING = """\
## How it was measured

- Each intent is a behavior. Its test rows have the role `sealed`; five of its training rows are
  `dev`, which accepts or rejects candidates; all others are `train`. Repeats count once, rows that
  contradict each other are left out, and texts that both files have are not sealed.
- Hone: `hone train --no-attempt`, with the settings of a suite that names none but the ladder, and
  at most 1 round for the head, 3 for the ladder and 12 for few rows; afterwards the champion answers
  the test file, once. Nothing was chosen by what it said.
- scikit-learn: sentence-transformers' embeddings of the same model, logistic regression with
  C = 30, on the rows of `train` and, with all rows, of `dev` too.
- Time is from texts to the finished model, embedding, choosing and measuring included.

## How to repeat it

    make bench-banking77 DATA=FOLDER

The folder holds `train.csv` and `test.csv` (Casanueva et al. 2020, CC-BY-4.0; the repository
PolyAI-LDN/task-specific-datasets, folder `banking_data`). `BANKING77=--rehearse` leaves the test
file alone: a fifth of the training file stands in its place.
"""
