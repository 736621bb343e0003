"""Tables for people: as wide as the terminal, and as wide as they are where there is none.

A terminal that is too narrow loses the columns that can be spared, one by one; then long texts are cut.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mntreamer_local.one_line import one_line

_WITHOUT_TERMINAL = 10_000  # columns; nothing is cut
_GAP = "  "
_STILL_READABLE = 10  # columns


@dataclass(frozen=True, slots=True)
class Table:
    """`cut_first` are titles of columns with texts that can be long; `spared_first` of those that can be left out."""

    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    cut_first: Sequence[str] = ()
    spared_first: Sequence[str] = ()


def show(*lines: Text | str) -> None:
    """Print them, each on one line however long it is."""
    console = _console()
    for line in lines:
        console.print(line if isinstance(line, Text) else Text(one_line(line)), soft_wrap=True)


def show_table(table: Table, below: Sequence[str] = ()) -> None:
    """Print it. `below` has a line for each row that is printed under it, where it is not empty."""
    heading, *lines = _lines(table, _console().width)
    heading.stylize("bold")
    show(heading)
    for line, more in zip(lines, below or [""] * len(lines), strict=True):
        show(line, *([more] if more else []))


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WITHOUT_TERMINAL)


def _lines(table: Table, width: int) -> list[Text]:
    """A line for the titles and one for each row."""
    columns = list(zip(*[table.titles, *([one_line(cell) for cell in row] for row in table.rows)], strict=True))
    for title in table.spared_first:
        if _least(columns, table.cut_first) > width:
            columns = [column for column in columns if column[0] != title]
    widths = _cut(columns, table.cut_first, width)
    return [_line(row, widths) for row in zip(*columns, strict=True)]


def _least(columns: Sequence[Sequence[str]], cut_first: Sequence[str]) -> int:
    """How wide it is with its long texts cut as short as can be read."""
    return _total(
        min(_width(column), _STILL_READABLE) if column[0] in cut_first else _width(column) for column in columns
    )


def _cut(columns: Sequence[Sequence[str]], cut_first: Sequence[str], width: int) -> list[int]:
    widths = [_width(column) for column in columns]
    for title in cut_first:
        for index, column in enumerate(columns):
            if column[0] == title:
                excess = max(_total(widths) - width, 0)
                widths[index] = min(widths[index], max(widths[index] - excess, _STILL_READABLE))
    return widths


def _width(column: Iterable[str]) -> int:
    return max(map(cell_len, column))


def _total(widths: Iterable[int]) -> int:
    each = list(widths)
    return sum(each) + len(_GAP) * (len(each) - 1)


def _line(row: Iterable[str], widths: Iterable[int]) -> Text:
    cells = [Text(cell) for cell in row]
    for cell, width in zip(cells, widths, strict=True):
        cell.truncate(width, overflow="ellipsis", pad=True)
    line = Text(_GAP).join(cells)
    line.rstrip()
    return line
