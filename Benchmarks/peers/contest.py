"""Hone beside its peers: who takes part in which task, in which order, and what the figures say."""

import dataclasses
import json
import os
import pathlib
import statistics
import subprocess
from collections.abc import Callable

HERE = pathlib.Path(__file__).parent
TRAINING_BATCH = 32
EMBEDDING_BATCHES = [8, 16, 32, 64]
LIMIT_SECONDS = 1800


@dataclasses.dataclass(frozen=True)
class Entry:
    """A program that takes part in a task."""

    name: str
    program: str  # of this folder; empty for Hone's own
    arguments: tuple[str, ...]
    is_limit: bool = False

    @property
    def is_own(self) -> bool:
        return not self.program


def own(task: str) -> Entry:
    return Entry("Hone", "", (task,))


def limit(task: str) -> Entry:
    return Entry("the same matrix products alone, OpenBLAS", "", (f"products-{task}",), True)


def peer(name: str, program: str, task: str, variant: str) -> Entry:
    return Entry(name, program, ("--task", task, "--variant", variant))


@dataclasses.dataclass(frozen=True)
class Task:
    name: str
    title: str
    batches: list[int]
    own: Entry
    others: list[Entry]


TASKS = [
    Task(
        "embed",
        "Embedding",
        EMBEDDING_BATCHES,
        own("embed"),
        [
            limit("embed"),
            peer("ONNX Runtime, float32", "embed_onnxruntime.py", "embed", "fp32"),
            peer("ONNX Runtime, dynamic int8", "embed_onnxruntime.py", "embed", "int8"),
            peer("PyTorch, eager", "embed_pytorch.py", "embed", "eager"),
            peer("PyTorch, torch.compile", "embed_pytorch.py", "embed", "compiled"),
            peer("sentence-transformers", "embed_sentence_transformers.py", "embed", "encode"),
        ],
    ),
    Task(
        "full",
        "Full fine-tuning",
        [TRAINING_BATCH],
        own("full"),
        [
            limit("full"),
            peer("PyTorch, eager", "train_pytorch.py", "full", "eager"),
            peer("PyTorch, eager, fused AdamW", "train_pytorch.py", "full", "eager-fused"),
            peer("PyTorch, torch.compile", "train_pytorch.py", "full", "compiled"),
            peer("Hugging Face Trainer", "train_trainer.py", "full", "trainer"),
        ],
    ),
    Task(
        "lora",
        "LoRA, rank 8, all linear layers",
        [TRAINING_BATCH],
        own("lora"),
        [
            limit("lora"),
            peer("PEFT", "train_pytorch.py", "lora", "all-linear"),
            peer("Hugging Face Trainer + PEFT", "train_trainer.py", "lora", "trainer"),
        ],
    ),
    Task(
        "lora-query-value",
        "LoRA, rank 8, query and value",
        [TRAINING_BATCH],
        own("lora-query-value"),
        [peer("PEFT", "train_pytorch.py", "lora", "query-value")],
    ),
]


class ProgramFailure(Exception):
    """A measured program ended without an answer."""

    def __init__(self, entry: Entry, reason: str):
        super().__init__(f"{entry.name}: {reason}")
        self.entry = entry


@dataclasses.dataclass(frozen=True)
class Programs:
    """How the programs are started."""

    engine: str
    python: str
    texts: pathlib.Path
    model: pathlib.Path
    threads: int
    cache: pathlib.Path
    variables: dict[str, str]
    loads: list[float] = dataclasses.field(default_factory=list)  # after each run

    def measure(self, entry: Entry, batch: int) -> dict:
        """One run of `entry`, in a process of its own: its line of JSON."""
        common = ["--texts", self.texts, "--model", self.model]
        common += ["--threads", self.threads, "--batch", batch]
        if entry.is_own:
            command = [self.engine, *entry.arguments, *common, "--rounds", 1]
        else:
            exports = ["--cache", self.cache / "onnx"]
            command = [self.python, HERE / entry.program, *entry.arguments, *common, *exports]
        try:
            outcome = subprocess.run(
                [str(part) for part in command],
                capture_output=True,
                text=True,
                env=self.variables,
                timeout=LIMIT_SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise ProgramFailure(entry, f"no answer within {LIMIT_SECONDS} s")
        except OSError as error:
            raise ProgramFailure(entry, str(error))
        self.loads.append(os.getloadavg()[0])
        for line in reversed(outcome.stdout.splitlines()):
            if outcome.returncode == 0 and line.startswith("{"):
                return json.loads(line)
        said = "\n".join(outcome.stderr.splitlines()[-8:])
        raise ProgramFailure(entry, f"exit status {outcome.returncode}\n{said}")

    def import_mebibytes(self) -> float | None:
        """Peak memory of a process that imports PyTorch and does nothing else."""
        code = (
            "import resource, torch; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
        )
        command = [self.python, "-c", code]
        outcome = subprocess.run(command, capture_output=True, text=True, env=self.variables)
        return float(outcome.stdout) if outcome.returncode == 0 else None


@dataclasses.dataclass
class Measured:
    """What an entry reached in the rounds of a task."""

    entry: Entry
    batch: int
    runs: list[dict] = dataclasses.field(default_factory=list)
    ratios: list[float] = dataclasses.field(default_factory=list)
    failure: str | None = None

    def rate(self) -> "Spread":
        return Spread.of([run["textsPerSecond"] for run in self.runs])

    def milliseconds(self) -> "Spread | None":
        found = [run["msPerStep"] for run in self.runs if run.get("msPerStep") is not None]
        return Spread.of(found) if len(found) == len(self.runs) else None

    def peak(self) -> float:
        return max(run["peakMiB"] for run in self.runs)


@dataclasses.dataclass(frozen=True)
class Spread:
    """Median, quartiles and range of some figures."""

    median: float
    lower: float
    upper: float
    least: float
    most: float

    @staticmethod
    def of(values: list[float]) -> "Spread":
        quartiles = [values[0]] * 3
        if len(values) > 1:
            quartiles = statistics.quantiles(values, n=4, method="inclusive")
        return Spread(quartiles[1], quartiles[0], quartiles[2], min(values), max(values))


def hold(
    task: Task,
    programs: Programs,
    rounds: int,
    batches: list[int],
    say: Callable[[str], None],
) -> list[Measured]:
    """Measures all entries of a task; Hone's own comes first in the answer.

    Each peer's run has a run of Hone beside it, in turns before and after it, and the ratio of a
    round is that of these two. The order of the peers rotates from round to round. A peer that
    fails is left out from there on; Hone's failure is an error.
    """
    hone = Measured(task.own, best_batch(task.own, programs, batches, say))
    others = []
    for entry in task.others:
        other = Measured(entry, hone.batch)
        others.append(other)
        try:
            if not entry.is_limit:
                other.batch = best_batch(entry, programs, batches, say)
        except ProgramFailure as failure:
            other.failure = str(failure)
            say(f"{task.name}: left out: {failure}")
    for round in range(rounds):
        turn = round % len(others)
        for place, other in enumerate(others[turn:] + others[:turn]):
            if other.failure is None:
                pair = [hone, other] if (round + place) % 2 == 0 else [other, hone]
                try:
                    runs = {id(one): programs.measure(one.entry, one.batch) for one in pair}
                except ProgramFailure as failure:
                    if failure.entry == hone.entry:
                        raise
                    other.failure = str(failure)
                    say(f"{task.name}: left out: {failure}")
                    continue
                for one in pair:
                    one.runs.append(runs[id(one)])
                mine, theirs = (runs[id(one)]["textsPerSecond"] for one in (hone, other))
                other.ratios.append(mine / theirs)
                say(
                    f"{task.name}, round {round + 1} of {rounds}: {other.entry.name} "
                    f"{theirs:.1f} texts/s, Hone {mine:.1f}: × {mine / theirs:.2f}"
                )
    return [hone] + others


def best_batch(
    entry: Entry, programs: Programs, batches: list[int], say: Callable[[str], None]
) -> int:
    """The batch size with the highest rate in two sweeps, the second of them backwards."""
    if len(batches) == 1:
        return batches[0]
    rates: dict[int, float] = {}
    for batch in batches + batches[::-1]:
        rate = programs.measure(entry, batch)["textsPerSecond"]
        rates[batch] = max(rate, rates.get(batch, 0))
    best = max(rates, key=lambda batch: rates[batch])
    shown = ", ".join(f"{batch}: {rate:.0f}" for batch, rate in rates.items())
    say(f"{entry.name}: texts/s by batch size {shown}; {best} is taken")
    return best
