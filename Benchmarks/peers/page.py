"""docs/benchmarks.md: the machine, a table per task, how it was measured, how to repeat it."""

import datetime
import os
import pathlib
import platform
import subprocess

from contest import Measured, Programs, Spread, Task

INTRODUCTION = """\
# Benchmarks

Written by `scripts/bench`, {date}, in one run; not edited by hand. Figures of another machine, or
of this one on another day, differ: what carries over best is the last column.

{texts} messages of `Examples/patient-router`, MiniLM (6 layers, 384 wide), {threads}, {rounds}.
"""

READING = """\
## How it was measured

- Each run is a process of its own, on the same texts and with the same number of threads. Half of
  the runs of Hone come directly before, half directly after the peer's run that they are compared
  with; *Hone ÷ it* is the median, and in brackets the range, of the ratios of these pairs. The order
  of the peers rotates. Rates are medians with quartiles in brackets, peak memory is the largest
  resident set of the whole process, libraries included{imports}.
- What is compiled, exported or warmed up is so before the clock starts: a whole pass over the texts
  for embeddings and for `torch.compile`, five steps for training.
- Embedding: from texts to vectors of length 1, tokenizing included, sequences of like length side
  by side. {embedding}
- Training: batches of {training} in the given order, padded to the longest sequence of the batch;
  texts are tokenized beforehand. The model is the encoder, mean pooling and a softmax head with
  cross entropy; AdamW, gradients clipped to norm 1. Dropout is off, which spares the peers work.
- PyTorch's attention is its fused kernel (`scaled_dot_product_attention`, the default of
  transformers). `torch.compile` runs with dynamic shapes.
- ONNX Runtime's model is the fastest of four exports that were tried. Its int8 model gives other
  embeddings than the float32 model.
- *The same matrix products alone* multiplies the matrices that Hone's own pass multiplies, and
  does nothing else: the limit for what uses this library.
- `OPENBLAS_CORETYPE` and `OPENBLAS_L2_SIZE` are removed from the environment of all programs, so
  that OpenBLAS takes the kernel of the real processor.

## How to repeat it

    make bench

It installs the peers into a scratch environment in the user's cache, which needs the network once.
`scripts/bench --help` names its options; `--quick` is for trying. Nothing else should run on the
machine.
"""


def render(
    results: list[tuple[Task, list[Measured]]],
    programs: Programs,
    rounds: int,
    texts: int,
    load: float,
    batches: dict[str, list[int]],
) -> str:
    threads = f"{programs.threads} thread" + ("s" if programs.threads > 1 else "")
    parts = [
        INTRODUCTION.format(
            date=datetime.date.today().isoformat(),
            texts=texts,
            threads=threads,
            rounds=f"{rounds} round" + ("s" if rounds > 1 else ""),
        ),
        machine(results, load, max(programs.loads)),
    ]
    parts += [table(task, measured) for task, measured in results]
    sizes = ", ".join(map(str, batches["embed"]))
    embedding = f"The batch size is {sizes}."
    if len(batches["embed"]) > 1:
        embedding = f"Batch sizes {sizes} were tried for each tool, in two sweeps; the best is used."
    size = programs.import_mebibytes()
    imports = f" (importing PyTorch alone takes {size:.0f} MiB)" if size else ""
    parts.append(
        READING.format(embedding=embedding, training=batches["full"][0], imports=imports)
    )
    return "\n".join(parts)


# MARK: - Tables


def table(task: Task, measured: list[Measured]) -> str:
    trains = task.name != "embed"
    head = ["tool", "batch", "texts/s", "peak memory", "Hone ÷ it"]
    if trains:
        head.insert(3, "ms a step")
    lines = [f"## {task.title}", "", row(head), row(["---"] + ["---:"] * (len(head) - 1))]
    failures = []
    for one in measured:
        if one.failure is not None:
            failures.append(f"Left out, because it failed: {one.entry.name}.")
        if not one.runs:
            continue
        rate = one.rate()
        cells = [
            f"**{one.entry.name}**" if one.entry.name == "Hone" else one.entry.name,
            str(one.batch),
            f"{figure(rate.median)} [{figure(rate.lower)}, {figure(rate.upper)}]",
            f"{one.peak():,.0f} MiB",
            ratio(one.ratios),
        ]
        if trains:
            step = one.milliseconds()
            cells.insert(
                3, f"{step.median:.0f} [{step.lower:.0f}, {step.upper:.0f}]" if step else ""
            )
        lines.append(row(cells))
    return "\n".join(lines + ([""] + failures if failures else [])) + "\n"


def ratio(values: list[float]) -> str:
    if not values:
        return ""
    spread = Spread.of(values)
    return f"{spread.median:.2f} [{spread.least:.2f}, {spread.most:.2f}]"


def figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


# MARK: - The machine


def machine(results: list[tuple[Task, list[Measured]]], before: float, during: float) -> str:
    processor, flags = cpu()
    wanted = ["avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "amx_bf16", "amx_int8"]
    cores = len(os.sched_getaffinity(0))
    versions: dict[str, str] = {}
    kernels = set()
    for _, measured in results:
        for one in measured:
            for run in one.runs:
                versions[run["tool"]] = run["version"]
                if run.get("kernel"):
                    kernels.add(run["kernel"])
    own = versions.pop("hone", "")
    openblas = versions.pop("openblas", "")
    lines = [
        f"- {processor}, {cores} core{'s' if cores > 1 else ''}, {memory()} GiB of memory; "
        + ", ".join(flag for flag in wanted if flag in flags),
        f"- {platform.system()} {'.'.join(platform.release().split('.')[:2])}, "
        f"load average before the run {before:.1f}, during it at most {during:.1f}",
        f"- Hone {' '.join(part for part in [own, commit()] if part)}"
        + (f"; OpenBLAS {openblas}" if openblas else "")
        + (f"; kernel {', '.join(sorted(kernels))}" if kernels else ""),
        "- " + ", ".join(f"{tool} {version}" for tool, version in sorted(versions.items())),
    ]
    return "\n".join(line for line in lines if line != "- ") + "\n"


def cpu() -> tuple[str, set[str]]:
    name, flags = platform.processor() or platform.machine(), set()
    path = pathlib.Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text().splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                name = value.strip()
            if key.strip() == "flags":
                flags = set(value.split())
    return name, flags


def memory() -> int:
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30)


def commit() -> str:
    """The commit that was measured, and whether files differ from it."""
    here = pathlib.Path(__file__).parent
    command = ["git", "-C", str(here), "describe", "--always", "--dirty=, with changes"]
    outcome = subprocess.run(command, capture_output=True, text=True)
    return f"(commit {outcome.stdout.strip()})" if outcome.returncode == 0 else ""
