"""What the use cases and the recorder need from outside. Each port has one contract test that runs on every adapter.

Conditional writes answer None, False or StoreConflict when the condition does not hold; every other failure of an
adapter is raised as it comes and stops what was being done: the schedule tries again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from mntreamer.domain.monitors.due import Due
from mntreamer.domain.monitors.login import Login
from mntreamer.domain.monitors.platform_state import PlatformState, PlatformStateChanges
from mntreamer.domain.monitors.probe import Broadcast, Channel, Playback, Probe
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges
from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.recordings.library import Shelved
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.domain.recordings.recording_order import Place
from mntreamer.domain.schedule.spending import Spending
from mntreamer.settings import Settings

# How much of an upload's beginning can be rewritten: more than any container format has to.
REWRITABLE_BYTES = 1 << 16


class Clock(Protocol):
    """Answers with the time now: aware, UTC, in whole milliseconds."""

    def __call__(self) -> datetime: ...


class Monitors(Protocol):
    """The table `monitors`."""

    def add(self, streamer: Streamer) -> tuple[Streamer, bool]:
        """Store the streamer unless it is there already; what is stored then, and whether it is new."""
        ...

    def get(self, streamer_id: str) -> Streamer | None: ...

    def listed(self, limit: int, behind: str | None = None) -> list[Streamer]:
        """So many streamers, in an order of the table's own; those behind this `streamer_id`, also if it is gone.

        Who goes on behind the last until there are none meets each that was there all the while, and once.
        """
        ...

    def due(self, now: datetime, limit: int) -> list[Due]:
        """The monitors whose `check_at` has come, in the order of `in_order`; reads those and no other rows.

        Beyond `limit` the longest due are chosen. An index may lag behind the table: claim what it lists under the
        `check_at` that it showed.
        """
        ...

    def update(
        self, streamer_id: str, changes: StreamerChanges, expect: StreamerChanges | None = None
    ) -> Streamer | None:
        """Set the fields in `changes`, which are some, if those in `expect` are as expected; what is stored then."""
        ...

    def remove(self, streamer_id: str) -> bool:
        """Whether there was one."""
        ...


class Recordings(Protocol):
    """The table `recordings`."""

    def open(self, recording: Recording, day: date) -> Recording | None:
        """Store a new recording and count it for its channel and day, in one transaction.

        None if its key is taken, or if `recording.n` is not the number after that day's last: read again.
        """
        ...

    def count_of_day(self, streamer_id: str, day: date) -> int:
        """How many recordings that streamer's day has so far."""
        ...

    def get(self, recording_id: str) -> Recording | None:
        """The recording under this key, or the one that the key is an alias of."""
        ...

    def add_alias(self, alias_id: str, recording_id: str) -> None:
        """Let a later live session's key lead to the recording. A key that leads somewhere keeps leading there."""
        ...

    def update(self, recording_id: str, changes: RecordingChanges, expect: RecordingChanges) -> Recording | None:
        """Set the fields in `changes`, which are some, if those in `expect` are as expected; what is stored then."""
        ...

    def newest(self, statuses: Sequence[RecordingStatus], limit: int, behind: Place | None = None) -> list[Recording]:
        """Recordings in these states, in the order of `newest_first`; those behind this place."""
        ...

    def shelved(self, platform: str, under: str, after: str, limit: int) -> list[Shelved]:
        """The platform's recordings whose prefix begins with `under` and sorts behind `after`, in order of prefixes.

        Without those that are TERMINATED. Reads these and no other rows, by an index that may lag.
        """
        ...

    def due_purges(self, now: datetime, limit: int) -> list[str]:
        """The ids of recordings that are over and whose `purge_at` has come, longest due first.

        Reads those and no other rows, by an index that may lag: the recording itself says whether it still is.
        """
        ...


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object as read. `version` is opaque and changes with the content (S3: its ETag)."""

    body: bytes
    version: str


class MediaStore(Protocol):
    """The bucket. A key is `media/…`; `put` calls are atomic: no reader ever sees half an object."""

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
        """Store the object unless the key is taken. `metadata`: short ASCII values."""
        ...

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        """Store the object in place of the version `replaces` (None: of nothing); its new version.

        Raises StoreConflict if another version is there.
        """
        ...

    def get(self, key: str) -> StoredObject | None: ...

    def beginning(self, key: str, size_bytes: int) -> bytes | None:
        """So many of the object's first bytes, or all that it has."""
        ...

    def version(self, key: str) -> str | None: ...

    def metadata(self, key: str) -> tuple[Mapping[str, str], int] | None:
        """The object's metadata and its size in bytes."""
        ...

    def delete(self, keys: Iterable[str]) -> None:
        """Delete the objects, with their metadata; those that are not there are no trouble."""
        ...

    def list_keys(self, prefix: str, after: str = "") -> Iterator[str]:
        """The keys that begin with `prefix` and sort behind `after`, in order."""
        ...

    def list_sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        """The keys that begin with `prefix`, in order, each with its object's size in bytes."""
        ...

    def public_url(self, key: str) -> str:
        """The object's own URL, without a signature; it can be read where public playback is set up."""
        ...

    def link(self, key: str, expires_s: int) -> str:
        """A URL at which anyone can read the object for so long; relative to the server where it is our own."""
        ...


class Upload(Protocol):
    """An object that is being written piece by piece."""

    def write(self, body: bytes) -> None:
        """Append. Raises StoreFull."""
        ...

    def rewrite_beginning(self, body: bytes) -> None:
        """Put this, REWRITABLE_BYTES at the most, over as many of the first bytes, which are written already."""
        ...


class UploadingStore(MediaStore, Protocol):
    """The bucket for who makes objects of gigabytes."""

    def upload(self, key: str, content_type: str) -> AbstractContextManager[Upload]:
        """The object is there as a whole, in place of what was, once the block ends; never if it ends by an error."""
        ...


class RecorderLauncher(Protocol):
    """Starts recorders."""

    def launch(self, recording_id: str, generation: int) -> None:
        """Start the recorder of this generation; repeating the call starts no second one. Raises LaunchFailed."""
        ...


class ExportLauncher(Protocol):
    """Starts exporters."""

    def launch(self, export_key: str, attempt: int) -> None:
        """Start this attempt's exporter, or let it wait its turn; repeating the call starts no second one.

        Raises LaunchFailed.
        """
        ...


class PlatformStates(Protocol):
    """What all workers share about each platform."""

    def get(self, platform: str) -> PlatformState:
        """The platform's state; a fresh one is stored where there is none."""
        ...

    def update(
        self, platform: str, changes: PlatformStateChanges, expect: PlatformStateChanges
    ) -> PlatformState | None:
        """Set the fields in `changes`, which are some, if those in `expect` are as expected; what is stored then.

        None as well for a platform whose state was never read.
        """
        ...


class Platform(Protocol):
    """One streaming platform. Raises PlatformError for every answer that it does not understand."""

    @property
    def name(self) -> str:
        """As in `POST /streamers` and in keys: lower-case, no colon."""
        ...

    @property
    def title(self) -> str:
        """As people call it."""
        ...

    @property
    def utc_offset_s(self) -> int:
        """Of the zone whose days count for its streamers, in seconds."""
        ...

    @property
    def rate_per_s(self) -> float | None:
        """How many requests a second all workers together send to it; None for as many as they can."""
        ...

    @property
    def floor(self) -> timedelta:
        """The least time between two probes of one channel."""
        ...

    def closed_until(self) -> datetime | None:
        """Until when nobody may ask it: every call before that raises PlatformBlocked. None if somebody may."""
        ...

    def login(self) -> Login:
        """How it is with our login, as far as is known without asking."""
        ...

    def channel(self, channel_id: str) -> Channel:
        """Raises NotFound for a channel that does not exist, BadInput for what cannot be an id."""
        ...

    def channel_id_in(self, url: str) -> str:
        """The channel id in a channel's URL. Raises BadInput if there is none."""
        ...

    def search(self, nickname: str) -> list[Channel]:
        """The channels that the platform finds for a nickname, most relevant first."""
        ...

    def probe(self, channel_id: str) -> Probe:
        """One look at the live status."""
        ...

    def past_broadcasts(self, channel_id: str) -> list[Broadcast]:
        """The last ones that it tells of, by one call; none where it tells of none."""
        ...

    def spending(self) -> Spending:
        """What all workers' looks at it come to, as far as is known without asking it."""
        ...

    def count_looks(self, looks: int, waiting: timedelta, checks_per_day: float | None) -> None:
        """So many looks were made; `waiting` is the sum of the waits that they decided on.

        `checks_per_day` is how many all channels together may take, None for as many as the stepped table would.
        """
        ...

    def topic(self, channel_id: str) -> Topic | None:
        """What the channel's broadcast is about, by one request as cheap as there is; None while it is not on air."""
        ...

    def playback(self, channel_id: str) -> Playback:
        """Where the live session can be played just now. Raises NotPlayable if it cannot."""
        ...

    def rewind(self, channel_id: str) -> Playback | None:
        """Where more of one that `rewinds` can be played, as far as we may; None where we may not."""
        ...


class TickReports(Protocol):
    """The newest report on each platform, of whichever process ticks: for those who want to know how it goes."""

    def put(self, report: TickReport) -> None:
        """Keep the report in place of the platform's last one."""
        ...

    def latest(self, platform: str) -> TickReport | None: ...


@dataclass(frozen=True, slots=True)
class Ports:
    """All of the outside, put together once by a composition root. `platforms` by their names."""

    clock: Clock
    monitors: Monitors
    recordings: Recordings
    platform_states: PlatformStates
    tick_reports: TickReports
    store: MediaStore
    launcher: RecorderLauncher
    exporters: ExportLauncher
    platforms: Mapping[str, Platform]
    settings: Settings
