"""The schedule on one machine: a thread that ticks, and recorders that are settled as they end."""

import logging
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta

from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.monitors.check import Check, Outcome
from mntreamer.domain.monitors.due import Due
from mntreamer.domain.monitors.tick_report import report_of
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.ports import Ports
from mntreamer.tick.lanes import Lanes
from mntreamer.usecases.monitors.count_looks import count_looks
from mntreamer.usecases.recordings.settle_recording import settle_recording

# Looking for due rows costs microseconds here, so that a monitor is checked in the second in which it is due.
TICK_S = 1.0
_REPORT_EVERY = timedelta(minutes=1)
_LISTED = 20_000
# What a lane has before it, in widths: enough until the next tick, little enough that the most urgent come first.
_WAITING = 4
_UNFINISHED = 10_000
_logger = logging.getLogger(__name__)


class Ticker:
    """Gives due monitors to the lanes every `tick_s` seconds; a slow or failing check holds up no other.

    Its first tick is reported, and then what was checked in each minute, as on AWS. `outcomes` counts the checks
    since it was made, by platform and outcome.
    """

    def __init__(self, ports: Ports, tick_s: float = TICK_S) -> None:
        self._ports = ports
        self._tick_s = tick_s
        self._lanes = Lanes(ports)
        self._checking: dict[str, tuple[Due, Future[Check]]] = {}
        self._checks: list[Check] = []
        self.outcomes = Counter({(platform, outcome): 0 for platform in ports.platforms for outcome in Outcome})
        self._reported_at = ports.clock()
        self._is_reported = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Begin no further check and wait for those that are running. What was not begun stays due."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._lanes.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._tick()
            self._stop.wait(self._tick_s)

    def _tick(self) -> None:
        try:
            now = self._ports.clock()
            self._collect()
            left = self._hand_out(self._ports.monitors.due(now, _LISTED))
            self._report(left, now)
        except Exception as error:  # noqa: BLE001 -- one bad tick must not be the last one
            _logger.error("a tick failed; the next one tries again: %s", kind_and_place(error))

    def _collect(self) -> None:
        """What was checked since the last tick may be checked again."""
        for due, check in list(self._checking.values()):
            if check.done():
                del self._checking[due.streamer_id]
                self._checks.append(check.result())
                self.outcomes[due.platform, check.result().outcome] += 1

    def _hand_out(self, due: Sequence[Due]) -> list[Due]:
        """Fill the lanes, each streamer once; who is left for a later tick."""
        waiting = Counter(monitor.platform for monitor, _ in self._checking.values())
        room = {platform: self._room(platform) - waiting[platform] for platform in {m.platform for m in due}}
        left = []
        for monitor in due:
            if monitor.streamer_id in self._checking:
                continue
            room[monitor.platform] -= 1
            if room[monitor.platform] < 0:
                left.append(monitor)
            else:
                self._checking[monitor.streamer_id] = (monitor, self._lanes.check(monitor))
        return left

    def _room(self, platform: str) -> int:
        known = self._ports.platforms.get(platform)
        return 0 if known and known.closed_until() else _WAITING * self._lanes.width(platform)

    def _report(self, left: Sequence[Due], now: datetime) -> None:
        if self._is_reported and timedelta(0) <= now - self._reported_at < _REPORT_EVERY:
            return
        for platform in self._ports.platforms:
            checks = [check for check in self._checks if check.platform == platform]
            mine = [monitor for monitor in left if monitor.platform == platform]
            self._ports.tick_reports.put(report_of(platform, checks, mine, self._reported_at, now))
        count_looks(self._ports, self._checks)
        self._checks.clear()
        self._reported_at, self._is_reported = now, True


def settle_orphans(ports: Ports) -> None:
    """At the server's start none of our recorders runs: whatever is unfinished needs a new one at once."""
    for recording in ports.recordings.newest([RecordingStatus.RECORDING], _UNFINISHED):
        for generation in filter(None, (recording.standby, recording.generation)):
            settle_recording(ports, recording.recording_id, generation)
