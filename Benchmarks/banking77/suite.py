"""A suite of Banking77 on disk: a behavior per intent."""

import json
import pathlib

from dataset import Row


def write(
    folder: pathlib.Path, dealt: list[tuple[Row, str]], sealed: list[Row], ladder: str, seed: int
) -> None:
    """Writes hone.yaml and a behavior per intent.

    Targets are low on purpose: what counts here is accuracy, and 40 test rows of an intent could
    not show much more.
    """
    behaviors = folder / "behaviors"
    behaviors.mkdir(parents=True)
    (folder / "hone.yaml").write_text(
        "hone: 1\n"
        f"tuning: {{ ladder: [{ladder}], seed: {seed} }}\n"
        "claims: { target: 0.5, hope: 0.9 }\n"
        "population: questions of online-banking customers (Banking77)\n"
    )
    rows = dealt + [(row, "sealed") for row in sealed]
    for intent in sorted({row.intent for row, _ in rows}):
        name = intent.replace("_", "-").rstrip("?").lower()
        words = intent.replace("_", " ").rstrip("?").lower()
        (behaviors / f"{name}.yaml").write_text(
            f"behavior: {name}\n"
            f"requires: {words}\n"
            f"expect: {json.dumps(intent)}\n"
            f"examples: {name}.jsonl\n"
        )
        with (behaviors / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for row, role in rows:
                if row.intent == intent:
                    # A cluster of its own: nearly equal rows stay in the file they came from.
                    line = {"input": row.text, "role": role, "cluster": row.key}
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
