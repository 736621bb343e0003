"""The tables of mntreamer's original, in Go on MySQL, as text with a line of column names and a line for each row.

Tab-separated as `mysql --batch` writes it, or CSV (RFC 4180). https://github.com/hyeonwoody/mntreamer has the schema.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mntreamer.domain.errors import BadInput

T = TypeVar("T")
_NOTHING = frozenset({"", "NULL", "\\N"})
_NEVER = "0000-00-00"
_ESCAPED = re.compile(r"\\([0nt\\])")
_MEANT = {"0": "\0", "n": "\n", "t": "\t", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class BadRow:
    """`where` is a file and a line, counted from 1."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    where: str
    values: Mapping[str, str]

    def text(self, column: str) -> str:
        """Raises BadInput where there is none."""
        value = self.values[column].strip()
        if value in _NOTHING:
            raise BadInput(f"{column} is empty")
        return value

    def number(self, column: str) -> int:
        """Raises BadInput for what is not a whole number."""
        value = self.text(column)
        try:
            return int(value)
        except ValueError:
            raise BadInput(f"{column} is not a whole number: {value!r}") from None

    def moment(self, column: str, zone: tzinfo) -> datetime | None:
        """A time of that zone; None where it never was. Raises BadInput for what is no time."""
        value = self.values[column].strip()
        if value in _NOTHING or value.startswith(_NEVER):
            return None
        try:
            return datetime.fromisoformat(value).replace(tzinfo=zone).astimezone(UTC)
        except ValueError:
            raise BadInput(f"{column} is not a time: {value!r}") from None


@dataclass(frozen=True, slots=True)
class StreamerKey:
    """As the original numbers streamers: each platform's on its own."""

    platform: int
    streamer: int


@dataclass(frozen=True, slots=True)
class Watched:
    """What the original's monitor says: when it would look next, and how often it looked in vain until now."""

    check_at: datetime | None
    miss_count: int


@dataclass(frozen=True, slots=True)
class OriginalTables:
    """`platforms` by their numbers, `recorded`: how many recordings there are of each. `bad`: rows of these three."""

    platforms: Mapping[int, str]
    streamers: Sequence[Row]
    monitors: Mapping[StreamerKey, Watched]
    recorded: Mapping[StreamerKey, int]
    bad: Sequence[BadRow]


COLUMNS: Mapping[str, Sequence[str]] = {
    "platform": ("id", "name"),
    "streamer": (
        "platform_id", "id", "nickname", "channel_id", "channel_name",
        "priority", "recorded", "last_recorded_at",
    ),
    "streamer_monitor": ("platform_id", "streamer_id", "check_at", "miss_count"),
    "media_record": ("platform_id", "streamer_id", "date", "sequence"),
}  # fmt: skip


def read_tables(folder: Path, zone: tzinfo) -> OriginalTables:
    """From the folder's `streamer.csv` and so on. Raises BadInput where one is not there or no table."""
    rows = {table: list(_rows(*_file(folder, f"{table}.csv"), columns)) for table, columns in COLUMNS.items()}
    bad: list[BadRow] = []
    platforms = dict(_good(rows["platform"], lambda row: (row.number("id"), row.text("name")), bad))
    monitors = dict(_good(rows["streamer_monitor"], partial(_monitor, zone=zone), bad))
    recorded = Counter(key for key, _, _ in {*_good(rows["media_record"], _media_record, bad)})
    return OriginalTables(platforms, rows["streamer"], monitors, recorded, bad)


def zone_named(name: str) -> tzinfo:
    """`Asia/Seoul`, as the IANA's database has it. Raises BadInput for any other name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadInput(f"there is no time zone {name!r}; one is called Asia/Seoul") from None


def _file(folder: Path, name: str) -> tuple[str, str]:
    """Its name and what it holds, which some programs begin with a byte order mark."""
    try:
        return name, (folder / name).read_text("utf-8-sig")
    except OSError:
        raise BadInput(f"{folder / name} cannot be read; docs/migration.md says how to make it") from None
    except UnicodeDecodeError:
        raise BadInput(f"{folder / name} is not UTF-8; export it once more") from None


def _monitor(row: Row, zone: tzinfo) -> tuple[StreamerKey, Watched]:
    misses = row.number("miss_count")
    if misses < 0:
        raise BadInput(f"miss_count is less than 0: {misses}")
    return _key(row), Watched(row.moment("check_at", zone), misses)


def _media_record(row: Row) -> tuple[StreamerKey, str, int]:
    return _key(row), row.text("date"), row.number("sequence")


def _key(row: Row) -> StreamerKey:
    return StreamerKey(row.number("platform_id"), row.number("streamer_id"))


def _good(rows: Iterable[Row], read: Callable[[Row], T], bad: list[BadRow]) -> Iterator[T]:
    """What could be read; the others are added to the bad ones."""
    for row in rows:
        try:
            yield read(row)
        except BadInput as error:
            bad.append(BadRow(row.where, str(error)))


def _rows(file: str, text: str, columns: Iterable[str]) -> Iterator[Row]:
    is_batch = "\t" in text.partition("\n")[0]
    dialect = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if is_batch else {"strict": True}
    reader = csv.DictReader(StringIO(text, newline=""), **dialect)
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise BadInput(f"{file} begins with a line of column names, which lacks {', '.join(missing)}")
    try:
        for values in reader:
            yield Row(f"{file}:{reader.line_num}", {name: _meant(values[name] or "", is_batch) for name in columns})
    except csv.Error as error:
        raise BadInput(f"{file}:{reader.line_num} is no CSV: {error}") from None


def _meant(value: str, is_batch: bool) -> str:  # noqa: FBT001 -- of a column, all alike
    """`mysql --batch` writes a tab, a line's end and a backslash with a backslash."""
    if not is_batch or value == "\\N":
        return value
    return _ESCAPED.sub(lambda found: _MEANT[found[1]], value)
