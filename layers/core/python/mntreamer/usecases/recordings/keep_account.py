"""`recording.json` stands beside the playlist and says what of the source is missing there, and why."""

import logging
from collections.abc import Callable, Iterable, Sequence

from mntreamer.domain.errors import SourceError, StoreConflict
from mntreamer.domain.media_path import ACCOUNT
from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.domain.recordings.account import Account, Tally, noted_in, render_account
from mntreamer.domain.recordings.gap import Gap, Place, place_of
from mntreamer.domain.recordings.loss import Loss
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import MediaStore
from mntreamer.usecases.recordings.extend_source import Source

_JSON = "application/json"
_logger = logging.getLogger(__name__)


def account_in(store: MediaStore, prefix: str) -> Account:
    """What the store says of a recording just now: its playlist, and the losses that were noted."""
    return Ledger(store, prefix).account(Source(store, prefix).listing.segments)


class Ledger:
    """One recording's losses, read once and then written under the version that was read or written last.

    Whoever asks says what is `listed`: the same sequence each time is counted on from where it was.
    `still_ours` is asked when somebody else has written meanwhile; it raises LeaseLost if they had the right to.
    """

    def __init__(self, store: MediaStore, prefix: str, still_ours: Callable[[], object] = lambda: None) -> None:
        self._store = store
        self._key = prefix + ACCOUNT
        self._still_ours = still_ours
        self._version: str | None = None
        self._told: tuple[Gap, ...] | None = None
        self._noted = self._read()
        self._tally = Tally((), self._noted.values())

    def note(self, losses: Iterable[Loss]) -> None:
        """Remember why source segments will not come. The first word on each stands."""
        for loss in losses:
            self._tally.note([self._noted.setdefault(place_of(loss), loss)])

    def account(self, listed: Sequence[Segment]) -> Account:
        """What the recording holds and lacks if this is all that is stored."""
        if self._tally.listed is not listed:
            self._tally = Tally(listed, self._noted.values())
        return self._tally.account()

    def has_news(self, listed: Sequence[Segment]) -> bool:
        """Whether the gaps are others than those that were written here last, or none were yet."""
        return self._told != self.account(listed).gaps

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
                self._told = account.gaps
                return

    def _merge(self) -> None:
        self._noted |= self._read()
        self._tally = Tally((), self._noted.values())

    def _read(self) -> dict[Place, Loss]:
        """A damaged one is made anew: what is missing shows in the playlist, only its causes are lost."""
        stored = self._store.get(self._key)
        self._version = stored.version if stored else None
        try:
            return {place_of(loss): loss for loss in noted_in(stored.body.decode(errors="replace"))} if stored else {}
        except SourceError as error:
            _logger.error("%s is made anew: %s", self._key, error)
            return {}
