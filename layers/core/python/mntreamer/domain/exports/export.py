"""An export: the kept segments of a recording, or of a piece of it, as ordinary files to take away.

One exporter at a time makes it, under a lease, as a recorder makes a recording: whoever launches one raises `attempt`
and a lease that ran out lets the next one be launched. Attempts make the same bytes: two at once do no harm.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mntreamer.domain.errors import LeaseLost
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.refining.edits import Span

ATTEMPTS = 3
RENEW_EVERY = timedelta(seconds=10)
LEASE = timedelta(minutes=2)
# Until a file is whole: S3 puts the parts of a large one together for minutes (CompleteMultipartUpload).
FINISHING = timedelta(minutes=10)
# What a Fargate task needs from RunTask to its first line, with room to spare.
LAUNCH_GRACE = timedelta(minutes=3)


class ExportStatus(StrEnum):
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"


class ExportFormat(StrEnum):
    MP4 = "mp4"
    TS = "ts"


UNFINISHED = (ExportStatus.QUEUED, ExportStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A finished file: `coding` names codecs, picture size, sampling rate and channels."""

    size_bytes: int
    duration_s: float
    coding: str


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported is fixed when it is asked for: `spans` of segments below `prefix`, `duration_s` long together.

    `files`: one, or one for each run of one coding. `progress` is the share that is done. `kept_for` counts from the
    end; `problem` is why it failed, or why the attempt before this one did.
    """

    export_id: str
    recording_id: str
    prefix: str
    format: ExportFormat
    spans: tuple[Span, ...]
    duration_s: float
    created_at: datetime
    lease_until: datetime
    kept_for: timedelta
    attempt: int = 1
    status: ExportStatus = ExportStatus.QUEUED
    progress: float = 0.0
    problem: Reason | None = None
    files: tuple[ExportedFile, ...] = ()
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """When it may be removed: one that nobody finishes, so long after its last sign of life."""
        return (self.finished_at or self.lease_until) + self.kept_for

    def status_at(self, now: datetime) -> ExportStatus:
        return ExportStatus.EXPIRED if now >= self.expires_at else self.status


def taken(export: Export, attempt: int, now: datetime) -> Export:
    """The export as its exporter begins. Raises LeaseLost where it is not this attempt's to make."""
    if export.attempt != attempt or export.status is not ExportStatus.QUEUED:
        raise LeaseLost(f"the export is at attempt {export.attempt}, {export.status}; this one is not needed")
    return replace(export, status=ExportStatus.RUNNING, started_at=now, lease_until=now + LEASE, progress=0.0)


def renewed(export: Export, progress: float, now: datetime) -> Export:
    return replace(export, progress=progress, lease_until=now + LEASE)


def finishing(export: Export, now: datetime) -> Export:
    """One whose exporter is not heard of while the store finishes a file."""
    return replace(export, lease_until=now + FINISHING)


def still_waiting(export: Export, now: datetime) -> Export:
    """One that waits its turn, told by who will start its exporter."""
    return replace(export, lease_until=now + LAUNCH_GRACE)


def done(export: Export, files: tuple[ExportedFile, ...], now: datetime) -> Export:
    return replace(
        export, status=ExportStatus.DONE, files=files, progress=1.0, problem=None, lease_until=now, finished_at=now
    )


def failed(export: Export, problem: Reason, now: datetime) -> Export:
    return replace(export, status=ExportStatus.FAILED, problem=problem, lease_until=now, finished_at=now)


def is_abandoned(export: Export, now: datetime) -> bool:
    """Whether whoever had to make it, or to start its exporter, is gone."""
    return export.status in UNFINISHED and now >= export.lease_until


def taken_up_again(export: Export, now: datetime) -> Export:
    """An abandoned one with the next attempt to be launched; failed where that was the last."""
    if export.attempt >= ATTEMPTS:
        return failed(export, _in_vain(export), now)
    return replace(
        export,
        attempt=export.attempt + 1,
        status=ExportStatus.QUEUED,
        lease_until=now + LAUNCH_GRACE,
        progress=0.0,
    )


def _in_vain(export: Export) -> Reason:
    last = f": {export.problem}" if export.problem else "; a damaged segment may stop FFmpeg, the log may say more"
    text = f"{export.attempt} exporters in a row did not come to its end{last}"
    return Reason(text, ProblemCode.EXPORTERS_IN_VAIN, export.problem, attempts=export.attempt)
