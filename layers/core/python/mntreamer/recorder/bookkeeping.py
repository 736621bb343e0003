"""A recorder's word on each source segment that it knows of: it is listed, or on its way, or lost, and why."""

import logging
from collections.abc import Iterable, Sequence

from mntreamer.domain.bundling import Bundle
from mntreamer.domain.gap import place_of
from mntreamer.domain.loss import Cause, Loss
from mntreamer.domain.recording import Recording, RecordingChanges
from mntreamer.recorder.maker import losses_of
from mntreamer.usecases.extend_source import Source
from mntreamer.usecases.keep_account import Ledger

_NOT_YET = "the recorder left before the store had taken it"
_logger = logging.getLogger(__name__)


class Bookkeeping:
    """Keeps the ledger by what `source` lists."""

    def __init__(self, ledger: Ledger, source: Source) -> None:
        self._ledger = ledger
        self._source = source
        self._on_their_way: list[Loss] = []

    def note(self, losses: Iterable[Loss]) -> None:
        """These will not come."""
        for loss in losses:
            _logger.warning("source segment %d is lost (%s): %s", loss.sequence, loss.cause, loss.why)
            self._ledger.note([loss])

    def expect(self, bundles: Sequence[Bundle]) -> None:
        """These are handed on to be stored: where they are not listed at the end, they are lost."""
        last = self._source.last
        self._on_their_way = [
            loss for loss in self._on_their_way if not last or place_of(loss) > (last.epoch, last.last)
        ]
        for bundle in bundles:
            sources = [piece.segment for piece in bundle.pieces]
            self._on_their_way += losses_of(bundle.name.epoch, sources, Cause.NOT_STORED, _NOT_YET)

    def write(self, recording: Recording) -> None:
        """Write the account. Raises LeaseLost."""
        self._ledger.write(recording, self._source.playlist)

    def close(self, recording: Recording, left: Iterable[Loss]) -> None:
        """Write the account; what is on its way and what is `left` is lost until it is listed. Raises LeaseLost."""
        self._ledger.note([*left, *self._on_their_way])
        self.write(recording)

    @property
    def has_news(self) -> bool:
        """Whether other gaps are known than the account tells."""
        return self._ledger.has_news(self._source.playlist)

    @property
    def sums(self) -> RecordingChanges:
        """What the recording holds and lacks, for its row."""
        return self._ledger.account(self._source.playlist).sums
