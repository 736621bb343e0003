"""`python -m benchmarks.minute`: what one machine does in a minute in which 10,000 monitors are due at once.

Once with the platform's request rate lifted, where all must fit into the minute; once at the default rate, where the
rest must stay due, in order. The last line is JSON. Exit codes: 0 so it was, 1 it was not.
"""

import json
import sys
from datetime import timedelta

from rich.console import Console

from benchmarks.due_monitors import check_all, due_monitors, missed_once
from benchmarks.platform_answers import channel_id_of
from benchmarks.platform_server import platform_server
from mntreamer.domain.errors import MntreamerError
from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer.platforms.chzzk import Chzzk
from mntreamer.settings import Settings

DUE = 10_000
LATENCY_S = 0.05
MINUTE = timedelta(minutes=1)
_progress = Console(stderr=True, highlight=False)


class NotInTime(MntreamerError):
    """A minute's work was not done in a minute, or not in order."""

    code = "not_in_time"


def main() -> int:
    try:
        lifted, limited = _lifted(), _limited(Settings().chzzk_rate_per_s)
    except NotInTime as error:
        _progress.print(str(error), soft_wrap=True)
        return 1
    print(f"{'':28}{'rate lifted':>14}{'default rate':>14}")
    for name in ("due", "probed", "left"):
        print(f"{name:28}{getattr(lifted, name):>14,}{getattr(limited, name):>14,}")
    print(f"{'took':28}{lifted.duration_s:>12.1f} s{limited.duration_s:>12.1f} s")
    print(f"{'age of what is left':28}{lifted.backlog_age_s:>12.1f} s{limited.backlog_age_s:>12.1f} s")
    figures = {
        "due": DUE,
        "lifted_s": round(lifted.duration_s, 1),
        "lifted_per_s": round(DUE / lifted.duration_s),
        "limited_probed": limited.probed,
        "limited_left": limited.left,
    }
    print(json.dumps(figures))
    return 0


def _lifted() -> TickReport:
    report = _minute(None)
    if report.probed != DUE or report.duration_s > MINUTE.total_seconds():
        raise NotInTime(f"{report.probed} of {DUE} were probed in {report.duration_s:.1f} s")
    return report


def _limited(rate_per_s: float | None) -> TickReport:
    return _minute(rate_per_s)


def _minute(rate_per_s: float | None) -> TickReport:
    """One tick of a minute on all that is due. Raises NotInTime where it did not keep to the order."""
    _progress.print(f"{DUE:,} are due, {'no limit' if rate_per_s is None else f'{rate_per_s:g} requests a second'}")
    channel_ids = [channel_id_of(number) for number in range(DUE)]
    with platform_server(DUE, LATENCY_S) as server, due_monitors(server.base_url, channel_ids, rate_per_s) as ports:
        [report] = check_all(ports, MINUTE).reports([Chzzk.name])
        left = {due.streamer_id.rpartition(":")[2] for due in ports.monitors.due(report.began_at, DUE)}
        if missed_once(ports) != report.probed or server.traffic().requests != report.probed:
            raise NotInTime(f"{report.probed} were reported, {missed_once(ports)} are stored as probed")
        if left != set(channel_ids[DUE - report.left :]):
            raise NotInTime("those that were left are not those that were due last")
        return report


if __name__ == "__main__":
    sys.exit(main())
