"""One pass over the due monitors."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from mntreamer.domain.monitors.check import Check, Outcome
from mntreamer.domain.monitors.due import Due
from mntreamer.domain.monitors.tick_report import TickReport, report_of
from mntreamer.ports import Ports
from mntreamer.tick.lanes import Lanes
from mntreamer.usecases.monitors.count_looks import count_looks


@dataclass(frozen=True, slots=True)
class Tick:
    """What came of each monitor, and when."""

    checks: Mapping[Due, Check]
    began_at: datetime
    ended_at: datetime

    def reports(self, platforms: Sequence[str]) -> list[TickReport]:
        """One for each of the platforms, also where nothing was due."""
        return [self._report(platform) for platform in platforms]

    def detection_delays_s(self, platform: str) -> list[float]:
        mine = (check.detection_delay_s for check in self.checks.values() if check.platform == platform)
        return [delay_s for delay_s in mine if delay_s is not None]

    def _report(self, platform: str) -> TickReport:
        mine = {due: check for due, check in self.checks.items() if due.platform == platform}
        left = [due for due, check in mine.items() if check.outcome is Outcome.LEFT]
        return report_of(platform, mine.values(), left, self.began_at, self.ended_at)


def tick(ports: Ports, due: Sequence[Due], until: datetime) -> Tick:
    """Check the monitors in their order; what has not begun by `until` is left, and stays due."""
    began_at = ports.clock()
    with closing(Lanes(ports)) as lanes:
        running = {monitor: lanes.check(monitor, until) for monitor in due}
        checks = {monitor: future.result() for monitor, future in running.items()}
    count_looks(ports, checks.values())
    return Tick(checks, began_at, ports.clock())
