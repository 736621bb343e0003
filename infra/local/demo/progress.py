"""What the person in front of the demo sees: dated lines, and on a terminal what is being waited for."""

from datetime import datetime
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.text import Text


class Progress:
    """Writes to the console: a line for each thing that happened, a live line or a plain one for each wait."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = console.status("") if console.is_terminal else None
        self._began = datetime.now().astimezone()
        self._awaited = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def happened(self, what: str) -> None:
        self._awaited = ""
        if self._live:
            self._live.stop()
        self._line(f"✓ {what}", "green")

    def awaiting(self, what: str, detail: str = "") -> None:
        """May be called as often as the detail changes; without a terminal only a new `what` is a new line."""
        if self._live:
            self._live.update(Text(f"{self._elapsed_s:3.0f} s  {what}  {detail}"))
            self._live.start()
        elif what != self._awaited:
            self._line(f"… {what}", "dim")
        self._awaited = what

    @property
    def _elapsed_s(self) -> float:
        return (datetime.now().astimezone() - self._began).total_seconds()

    def _line(self, text: str, style: str) -> None:
        moment = datetime.now().astimezone()
        self._console.print(Text(f"{moment:%H:%M:%S}  ").append(text, style), soft_wrap=True)
