"""How far something is that takes its time: a bar on the terminal that vanishes, and nothing where there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

_BYTES: tuple[ProgressColumn, ...] = (DownloadColumn(), TransferSpeedColumn())
_PERCENT: tuple[ProgressColumn, ...] = (TaskProgressColumn(),)
Advance = Callable[[float], None]


@contextmanager
def progress_bar(what: str, total: float, *, in_bytes: bool = False) -> Iterator[Advance]:
    """It is told how much of `total` there is; on stderr, so that the answer stays alone on stdout."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), *(_BYTES if in_bytes else _PERCENT))
    with Progress(
        *columns, TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
