"""Banking77 as two CSV files: what is read, what repeats, what contradicts, what is dealt."""

import csv
import dataclasses
import pathlib
import random
import re
import unicodedata
from collections import Counter, defaultdict


class DataFailure(Exception):
    """A file that is not what it should be; says where and what."""


@dataclasses.dataclass(frozen=True)
class Row:
    text: str
    intent: str

    @property
    def key(self) -> str:
        """The text without case and punctuation: rows with one key say the same."""
        text = unicodedata.normalize("NFKC", self.text).casefold()
        return " ".join(re.findall(r"\w+", text))


@dataclasses.dataclass(frozen=True)
class Dataset:
    train: list[Row]
    test: list[Row]

    @property
    def intents(self) -> list[str]:
        return sorted({row.intent for row in self.train})

    def shared(self) -> set[str]:
        """Keys of test rows that also stand in the training file."""
        return {row.key for row in self.train} & {row.key for row in self.test}

    def repeats(self) -> int:
        """Training rows beyond the first of each key."""
        return len(self.train) - len({row.key for row in self.train})

    def contradictions(self) -> int:
        """Keys of the training file with more than one intent."""
        return sum(len(intents) > 1 for intents in self._intents().values())

    def usable(self) -> list[Row]:
        """The training rows, one of each key; those that contradict another are left out."""
        intents = self._intents()
        first: dict[str, Row] = {}
        for row in self.train:
            if len(intents[row.key]) == 1:
                first.setdefault(row.key, row)
        return list(first.values())

    def rehearsal(self, seed: int) -> "Dataset":
        """The training file alone, a fifth of it in the place of the test file."""
        rows = self.usable()
        random.Random(seed).shuffle(rows)
        held_out = len(rows) // 5
        return Dataset(train=rows[held_out:], test=rows[:held_out])

    def _intents(self) -> dict[str, set[str]]:
        found = defaultdict(set)
        for row in self.train:
            found[row.key].add(row.intent)
        return found


def read(folder: pathlib.Path) -> Dataset:
    data = Dataset(train=rows(folder / "train.csv"), test=rows(folder / "test.csv"))
    unknown = {row.intent for row in data.test} - set(data.intents)
    if unknown:
        raise DataFailure(f"{folder / 'test.csv'}: train.csv has no {', '.join(sorted(unknown))}")
    return data


def rows(path: pathlib.Path) -> list[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            if next(lines, None) != ["text", "category"]:
                raise DataFailure(f"{path}:1: the header should be `text,category`")
            found = []
            for line in lines:
                if len(line) != 2:
                    raise DataFailure(f"{path}:{lines.line_num}: {len(line)} fields, not 2")
                found.append(Row(line[0].strip(), line[1].strip()))
    except OSError as error:
        raise DataFailure(f"{path}: {error.strerror}. DATA is the folder of Banking77's two files")
    if not found:
        raise DataFailure(f"{path}: there are no rows in it")
    return found


def deal(rows: list[Row], dev: int, few: int | None, seed: int) -> list[tuple[Row, str]]:
    """Rows with their roles, `dev` and `train`: of each intent, drawn at random.

    Args:
        dev: rows of each intent that are `dev`.
        few: rows of each intent that are `train`, all that are left where None.
    """
    shuffled = sorted(rows, key=lambda row: row.key)
    random.Random(seed).shuffle(shuffled)
    count: Counter[str] = Counter()
    dealt = []
    for row in shuffled:
        place = count[row.intent]
        count[row.intent] += 1
        if place < dev:
            dealt.append((row, "dev"))
        elif few is None or place < dev + few:
            dealt.append((row, "train"))
    return dealt
