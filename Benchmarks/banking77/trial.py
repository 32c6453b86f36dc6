"""One trial: a suite is tuned by Hone, and its checkpoint answers the test rows, once."""

import dataclasses
import json
import os
import pathlib
import re
import subprocess
import time
from collections.abc import Callable

import suite
from dataset import Dataset, Row, deal


class TrialFailure(Exception):
    """A program failed; says which, and its last words."""


@dataclasses.dataclass(frozen=True)
class Recipe:
    """What is tuned on, and how."""

    name: str
    ladder: str
    dev: int  # rows of each intent, for accepting or rejecting
    few: int | None = None  # training rows of each intent; None is all
    rounds: int | None = None


@dataclasses.dataclass(frozen=True)
class Outcome:
    rows: int  # tuned on
    rung: str  # of the champion
    accuracy: float  # on all test rows
    accuracy_unshared: float  # on those that the training file does not have too
    seconds: float  # of tuning, embedding included
    mebibytes: float  # the largest resident set while tuning


def hold(
    recipe: Recipe,
    data: Dataset,
    seed: int,
    program: str,
    threads: int,
    folder: pathlib.Path,
    say: Callable[[str], None],
) -> Outcome:
    """Tunes, and then looks at the test rows. A trial that was held in `folder` is not repeated."""
    kept = folder / "outcome.json"
    if kept.exists():
        return Outcome(**json.loads(kept.read_text()))
    shared = data.shared()
    dealt = deal(data.usable(), recipe.dev, recipe.few, seed)
    # A text has one role; those that both files have stay out of `sealed`.
    sealed = list({row.key: row for row in data.test if row.key not in shared}.values())
    if not folder.exists():
        aside = folder.with_name(folder.name + ".part")
        suite.write(aside, dealt, sealed, recipe.ladder, seed)
        aside.rename(folder)
    command = [program, "train", str(folder), "--no-attempt", "--threads", str(threads)]
    if recipe.rounds is not None:
        command += ["--rounds", str(recipe.rounds)]
    seconds, mebibytes = run(command, folder / "train.log", say, statuses=[0, 2, 3])
    champion = re.search(r"champion: checkpoint (\w+)", (folder / "train.log").read_text())
    if champion is None:
        raise TrialFailure(f"{folder / 'train.log'} names no champion")
    checkpoint = champion.group(1)
    answers = predict(program, folder, checkpoint, data.test, threads)
    right = [label == row.intent for label, row in zip(answers, data.test)]
    unshared = [is_right for is_right, row in zip(right, data.test) if row.key not in shared]
    described = folder / ".hone" / "checkpoints" / checkpoint / "checkpoint.json"
    outcome = Outcome(
        rows=sum(role == "train" for _, role in dealt),
        rung=json.loads(described.read_text())["checkpoint"].get("rung") or "base",
        accuracy=sum(right) / len(right),
        accuracy_unshared=sum(unshared) / len(unshared),
        seconds=seconds,
        mebibytes=mebibytes,
    )
    kept.write_text(json.dumps(dataclasses.asdict(outcome)))
    return outcome


def predict(
    program: str, folder: pathlib.Path, checkpoint: str, rows: list[Row], threads: int
) -> list[str]:
    """The labels that a checkpoint gives to rows, in their order."""
    command = [program, "predict", "--suite", str(folder), "--checkpoint", checkpoint]
    command += ["--file", "-", "--json", "--threads", str(threads)]
    texts = "".join(" ".join(row.text.split()) + "\n" for row in rows)
    outcome = subprocess.run(command, input=texts, capture_output=True, text=True)
    lines = outcome.stdout.splitlines()
    if outcome.returncode != 0 or len(lines) != len(rows):
        raise TrialFailure(f"{' '.join(command)}: {outcome.stderr.strip()[-500:]}")
    return [json.loads(line)["label"] for line in lines]


def run(
    command: list[str], log: pathlib.Path, say: Callable[[str], None], statuses: list[int]
) -> tuple[float, float]:
    """Runs a program to its end: seconds, and its largest resident set in MiB."""
    start = time.perf_counter()
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.terminate()
            process.wait()
            raise
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        tail = "\n".join(log.read_text(encoding="utf-8").splitlines()[-8:])
        raise TrialFailure(f"{' '.join(command)}: exit status {process.returncode}\n{tail}")
    seconds = time.perf_counter() - start
    say(f"{' '.join(command[1:3])}: {seconds:.0f} s")
    return seconds, usage.ru_maxrss / 1024
