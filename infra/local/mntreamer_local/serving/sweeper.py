"""What is swept away on one machine: once a minute, what people have given up, and exports that are over."""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Self

from mntreamer.domain.error_place import kind_and_place
from mntreamer.ports import Ports
from mntreamer.usecases.exports.remove_exports import expire_exports
from mntreamer.usecases.refining.give_up_unrefined import give_up_unrefined
from mntreamer.usecases.refining.purge_recordings import purge_recordings

SWEEP_S = 60.0
# Of a sweep, so that a server that is told to stop does not wait for long.
_OBJECTS = 20_000
_EXPORTS = 1000
_RECORDINGS = 100
Sweep = Callable[[], object]
_logger = logging.getLogger(__name__)


class Sweeper:
    """A thread that calls `sweeps`, at once and then every `every_s` seconds; one that fails harms no other."""

    def __init__(self, sweeps: Sequence[Sweep], every_s: float = SWEEP_S) -> None:
        self._sweeps = sweeps
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for the sweep that is running. What it was not done with stays due."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            for sweep in self._sweeps:
                self._try(sweep)
            self._stop.wait(self._every_s)

    def _try(self, sweep: Sweep) -> None:
        try:
            sweep()
        except Exception as error:  # noqa: BLE001 -- it is tried again in a minute
            _logger.error("a sweep failed; the next one tries again: %s", kind_and_place(error))


def sweeps_of(ports: Ports) -> list[Sweep]:
    """All that is to be swept away."""
    return [
        partial(give_up_unrefined, ports, _RECORDINGS),
        partial(purge_recordings, ports, _OBJECTS),
        partial(expire_exports, ports, _EXPORTS),
    ]
