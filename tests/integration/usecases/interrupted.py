"""Ports whose writes are counted: something happens before one of them, or the writer dies there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from mntreamer.ports import Ports

_WRITES = {"add", "add_alias", "delete", "open", "put", "put_new", "remove", "update"}


class Crash(BaseException):
    """The process is gone: nothing after it runs."""


def die() -> None:
    raise Crash


@dataclass
class Interruption:
    """`happens` once, before write number `before`, counted from 0."""

    before: int
    happens: Callable[[], object]
    written: int = 0

    @property
    def has_happened(self) -> bool:
        return self.written > self.before

    def of(self, ports: Ports) -> Ports:
        """The ports, whose writers it befalls."""
        return replace(
            ports,
            monitors=_Watched(ports.monitors, self),
            recordings=_Watched(ports.recordings, self),
            store=_Watched(ports.store, self),
        )

    def before_write(self) -> None:
        self.written += 1
        if self.written == self.before + 1:
            self.happens()


class _Watched:
    def __init__(self, port: Any, interruption: Interruption) -> None:
        self._port = port
        self._interruption = interruption

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._port, name)
        return self._told(call) if name in _WRITES else call

    def _told(self, write: Callable[..., Any]) -> Callable[..., Any]:
        def telling(*arguments: Any, **named: Any) -> Any:
            self._interruption.before_write()
            return write(*arguments, **named)

        return telling
