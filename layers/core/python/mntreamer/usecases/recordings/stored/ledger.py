"""`recording.json` stands beside the playlist and says what of the source is missing there, and why."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from mntreamer.domain.errors import SourceError, StoreConflict
from mntreamer.domain.media_path import ACCOUNT
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.domain.recordings.account import Account, Noted, Tally, noted_in, render_account
from mntreamer.domain.recordings.chapter import Chapter, in_order, opening_of, with_topic
from mntreamer.domain.recordings.gap import Gap, Place, place_of
from mntreamer.domain.recordings.loss import Loss
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import MediaStore
from mntreamer.usecases.recordings.stored.source import Source

_JSON = "application/json"
_NOTHING = Noted([], ())
_logger = logging.getLogger(__name__)


def account_in(store: MediaStore, recording: Recording) -> Account:
    """What the store says of a recording just now: its playlist, and what was noted."""
    return Ledger(store, recording).account(Source(store, recording.prefix).listing.segments)


class Ledger:
    """One recording's losses and chapters, read once, then written under the version that was read or written last.

    Whoever asks says what is `listed`: the same sequence each time is counted on from where it was.
    `still_ours` is asked when somebody else has written meanwhile; it raises LeaseLost if they had the right to.
    """

    def __init__(
        self, store: MediaStore, recording: Recording, still_ours: Callable[[], object] = lambda: None
    ) -> None:
        self._store = store
        self._key = recording.prefix + ACCOUNT
        self._still_ours = still_ours
        self._version: str | None = None
        self._told: tuple[tuple[Gap, ...], tuple[Chapter, ...]] | None = None
        noted = self._read()
        self._chapters = noted.chapters or (opening_of(recording),)
        self._noted = _by_place(noted.losses)
        self._tally = Tally((), self._noted.values())

    def note(self, losses: Iterable[Loss]) -> None:
        """Remember why source segments will not come. The first word on each stands."""
        for loss in losses:
            self._tally.note([self._noted.setdefault(place_of(loss), loss)])

    def note_topic(self, topic: Topic, at: datetime) -> None:
        """Remember what the broadcast is about then; a chapter begins if it was about something else before."""
        self._chapters = with_topic(self._chapters, topic, at)

    def account(self, listed: Sequence[Segment]) -> Account:
        """What the recording holds and lacks if this is all that is stored."""
        if self._tally.listed is not listed:
            self._tally = Tally(listed, self._noted.values())
        return replace(self._tally.account(), chapters=self._chapters)

    def has_news(self, listed: Sequence[Segment]) -> bool:
        """Whether gaps or chapters are others than those that were written here last, or none were yet."""
        return self._told != (self.account(listed).gaps, self._chapters)

    def write(self, recording: Recording, listed: Sequence[Segment]) -> None:
        """Write it, with all that others have noted meanwhile; of a recording without a segment and a loss nothing.

        Raises LeaseLost.
        """
        while listed or self._noted:
            account = self.account(listed)
            body = render_account(recording, account).encode()
            try:
                self._version = self._store.put(self._key, body, _JSON, self._version)
            except StoreConflict:
                self._still_ours()
                self._merge()
            else:
                self._told = account.gaps, account.chapters
                return

    def _merge(self) -> None:
        noted = self._read()
        self._chapters = in_order([*self._chapters, *noted.chapters])
        self._noted |= _by_place(noted.losses)
        self._tally = Tally((), self._noted.values())

    def _read(self) -> Noted:
        """A damaged one is made anew: what is missing shows in the playlist, causes and chapters are lost."""
        stored = self._store.get(self._key)
        self._version = stored.version if stored else None
        try:
            return noted_in(stored.body.decode(errors="replace")) if stored else _NOTHING
        except SourceError as error:
            _logger.error("%s is made anew: %s", self._key, error)
            return _NOTHING


def _by_place(losses: Iterable[Loss]) -> dict[Place, Loss]:
    return {place_of(loss): loss for loss in losses}
