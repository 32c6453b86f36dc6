"""The scratch environment that the peers run in: made once, in the user's cache. Standard library."""

import os
import pathlib
import subprocess
import sys

REQUIREMENTS = pathlib.Path(__file__).with_name("requirements.txt")
ADVICE = """\
    The peers come from the Python package index: that needs the network, and some 6 GB of disk,
    most of it CUDA libraries that PyTorch brings along and nothing here uses. A build of PyTorch
    without them: PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu before the same command.
    An environment of your own with what Benchmarks/peers/requirements.txt names: --python PROGRAM.
    To begin anew: remove {folder}."""


class EnvironmentFailure(Exception):
    """The environment could not be made; says what to do."""


def folder() -> pathlib.Path:
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(cache) / "hone" / "peers"


def model_folder() -> pathlib.Path:
    """Where `make setup` puts the base model."""
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    models = os.environ.get("HONE_MODELS") or pathlib.Path(cache) / "hone" / "models"
    return pathlib.Path(models) / "minilm"


def python() -> pathlib.Path:
    """The environment's interpreter. The first call installs, later ones find what is there."""
    place = folder() / "venv"
    program = place / "bin" / "python"
    stamp = place / "requirements.txt"
    if program.exists() and stamp.exists() and stamp.read_text() == REQUIREMENTS.read_text():
        return program
    print(f"installing the peers into {place} (once; some minutes)", file=sys.stderr, flush=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    for what, command in [
        ("the environment could not be made", [sys.executable, "-m", "venv", str(place)]),
        (
            "pip could not install the peers",
            [str(program), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)],
        ),
    ]:
        outcome = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        if outcome.returncode != 0:
            reason = "\n".join("    | " + line for line in outcome.stderr.splitlines()[-12:])
            raise EnvironmentFailure(f"{what}:\n{reason}\n{ADVICE.format(folder=folder())}")
    stamp.write_text(REQUIREMENTS.read_text())
    return program


def variables(cache: pathlib.Path) -> dict[str, str]:
    """The environment variables of all measured programs, Hone's own too.

    Whatever presses OpenBLAS to the kernel of another processor is left out.
    """
    found = dict(os.environ)
    for name in ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"]:
        found.pop(name, None)
    found["HF_HUB_OFFLINE"] = "1"
    found["TORCHINDUCTOR_CACHE_DIR"] = str(cache / "inductor")
    return found
