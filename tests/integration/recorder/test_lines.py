"""However far a source leaps: recording goes on, what is missing is told, and work and memory stay bounded."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.segments.bundling import Bundle, Fetched
from mntreamer.domain.segments.window import A_DAY, SourceSegment, Window
from mntreamer.recorder.source.entered_line import EnteredLine
from mntreamer.recorder.source.fetch import Arrival
from mntreamer.recorder.source.lines import Lines
from mntreamer.recorder.source.open_epoch import line_in, open_epoch
from mntreamer.recorder.storing.spool import Spool
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WHY = "the source could not be read"
AFAR = 1_000_000


def _window(first: int) -> Window:
    sequences = range(first, first + 3)
    return Window(2.0, tuple(SourceSegment(s, "https://m.example/", 2.0, _at(s)) for s in sequences))


def _at(sequence: int) -> datetime:
    return NOON + timedelta(seconds=2 * sequence)


@dataclass
class Source:
    """What it lists is fetched at once, and its epochs are opened as they come."""

    store: FileStore
    lines: Lines
    over: int | None = None

    def recorded(self, firsts: list[int]) -> tuple[list[Bundle], list[Loss]]:
        """It shows the windows that begin so."""
        bundles: list[Bundle] = []
        losses: list[Loss] = []
        for window in map(_window, firsts):
            entered = self.lines.enter(window)
            assert entered
            self._open(entered)
            for segment in entered.wanted(window, WHY):
                fetched = Fetched(segment, b"body %d" % segment.sequence, b"")
                self.lines.arrive(Arrival(entered.number, segment.sequence, fetched, ""))
            ready, missing = self.lines.take()
            bundles += ready
            losses += missing
        return bundles, losses

    def _open(self, entered: EnteredLine) -> None:
        if entered.line is None:
            epoch = open_epoch(self.store, "media/x/", entered.begin, None, self.over)
            entered.line, self.over = line_in(epoch, entered.begin, None), epoch.number


@pytest.fixture
def source(tmp_path: Path) -> Source:
    store = FileStore(tmp_path / "data", LinkSigner(b"key", utc_now))
    return Source(store, Lines(Spool(tmp_path / "spool", 1_000_000, 1_000_000)))


def test_an_hour_that_nobody_saw_is_told_segment_by_segment(source: Source) -> None:
    bundles, losses = source.recorded([0, 1803])

    assert {bundle.name.epoch for bundle in bundles} == {0}
    assert [loss.sequence for loss in losses] == list(range(3, 1803))


def test_a_leap_farther_than_any_recording_is_long_is_told_as_one_and_begins_an_epoch(source: Source) -> None:
    bundles, [loss] = source.recorded([0, AFAR * 3])

    assert [bundle.name.epoch for bundle in bundles] == [0, 1]
    assert (loss.epoch, loss.sequence, loss.cause, loss.begin) == (0, 3, Cause.UNSEEN, _at(3))
    assert loss.duration_s == 2.0 * (AFAR * 3 - 3)
    assert f"leapt ahead by {AFAR * 3 - 3} segments" in loss.why


def test_a_source_that_leaps_again_and_again_is_not_told_without_end(source: Source) -> None:
    leaps = 20

    bundles, losses = source.recorded([(A_DAY - 1) // leaps * 3 * leap for leap in range(leaps)])

    assert len(bundles) == leaps
    assert A_DAY // 2 < len(losses) < A_DAY + leaps
    assert len({loss.sequence for loss in losses}) == len(losses)
