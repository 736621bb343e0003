"""What a tick did for one platform, in numbers: the same in the metrics, in the health and in the log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mntreamer.domain.monitors.check import Check, Outcome
from mntreamer.domain.monitors.due import Due
from mntreamer.domain.monitors.probe import Live, ProbeFailed
from mntreamer.domain.times import seconds

_UNCLAIMED = (Outcome.LEFT, Outcome.TAKEN, Outcome.BROKEN)


@dataclass(frozen=True, slots=True)
class TickReport:
    """Counts of monitors; `left` are those that stay due, the oldest of them since `backlog_age_s`.

    `errors` are probes without an answer, `sent_away` those of them that the platform refused, `broken` checks that
    failed on our own side. `launches_failed` counts recorders that could not be started.
    """

    platform: str
    began_at: datetime
    duration_s: float
    due: int
    claimed: int
    probed: int
    live: int
    errors: int
    broken: int
    left: int
    backlog_age_s: float
    sent_away: int = 0
    launches_failed: int = 0

    @property
    def ended_at(self) -> datetime:
        return self.began_at + seconds(self.duration_s)


def report_of(
    platform: str, checks: Iterable[Check], left: Sequence[Due], began_at: datetime, ended_at: datetime
) -> TickReport:
    """The report on one platform's checks and on what was left of it."""
    done = [check for check in checks if check.outcome is not Outcome.LEFT]
    oldest = min((monitor.check_at for monitor in left), default=ended_at)
    return TickReport(
        platform=platform,
        began_at=began_at,
        duration_s=(ended_at - began_at).total_seconds(),
        due=len(done) + len(left),
        claimed=sum(check.outcome not in _UNCLAIMED for check in done),
        probed=sum(check.was_asked for check in done),
        live=sum(isinstance(check.probe, Live) for check in done),
        errors=sum(isinstance(check.probe, ProbeFailed) for check in done),
        broken=sum(check.outcome is Outcome.BROKEN for check in done),
        left=len(left),
        backlog_age_s=max(0.0, (ended_at - oldest).total_seconds()),
        sent_away=sum(isinstance(check.probe, ProbeFailed) and check.probe.sent_away for check in done),
        launches_failed=sum(check.launch_failed for check in done),
    )


def with_handed_on(report: TickReport, handed_on: Iterable[Due], overdue: timedelta) -> TickReport:
    """The report on all of a platform's due monitors, also on those that other workers were given meanwhile.

    What becomes of these is not known yet; but who was `overdue` already was left by an earlier tick.
    """
    theirs = [monitor for monitor in handed_on if monitor.platform == report.platform]
    late = [monitor.check_at for monitor in theirs if report.began_at - monitor.check_at > overdue]
    ages_s = [(report.ended_at - check_at).total_seconds() for check_at in late]
    return replace(
        report,
        due=report.due + len(theirs),
        left=report.left + len(late),
        backlog_age_s=max([report.backlog_age_s, *ages_s]),
    )
