"""Recorders that see one line of sequences agree on its epoch, however close they are."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mntreamer.clock import utc_now
from mntreamer.domain.segments.window import SourceSegment, Window
from mntreamer.recorder.source.open_epoch import open_epoch
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner

PREFIX = "media/x/"


def _window(first: int, at: datetime) -> Window:
    return Window(
        2.0,
        tuple(SourceSegment(first + i, "https://m.example/", 2.0, at + timedelta(seconds=2 * i)) for i in range(5)),
    )


NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WINDOW = _window(9, NOON)


class WatchedStore(FileStore):
    """Lets something happen right before or right behind a look for known epochs."""

    before_look: Callable[[], object] | None = None
    after_look: Callable[[], object] | None = None

    def list_keys(self, prefix: str, after: str = "") -> Iterator[str]:
        self._once("before_look")
        keys = list(super().list_keys(prefix, after))
        self._once("after_look")
        return iter(keys)

    def _once(self, moment: str) -> None:
        action = getattr(self, moment)
        setattr(self, moment, None)
        if action:
            action()


def _store(folder: Path) -> WatchedStore:
    return WatchedStore(folder, LinkSigner(b"key", utc_now))


def test_a_recorder_that_is_overtaken_behind_its_look_takes_the_others_epoch(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.after_look = lambda: open_epoch(store, PREFIX, _window(10, NOON + timedelta(seconds=2)), None)

    assert open_epoch(store, PREFIX, WINDOW, None).number == 0


def test_a_recorder_that_is_overtaken_before_its_look_takes_the_others_epoch(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.before_look = lambda: open_epoch(store, PREFIX, _window(10, NOON + timedelta(seconds=2)), None)

    assert open_epoch(store, PREFIX, WINDOW, None).number == 0


def test_another_line_gets_the_next_number(tmp_path: Path) -> None:
    store = _store(tmp_path)
    open_epoch(store, PREFIX, WINDOW, None)

    later = open_epoch(store, PREFIX, _window(0, NOON + timedelta(hours=1)), None)

    assert (later.number, later.first_sequence) == (1, 0)


def test_a_line_that_is_known_to_be_over_is_not_taken_again(tmp_path: Path) -> None:
    store = _store(tmp_path)
    over = open_epoch(store, PREFIX, WINDOW, None)

    assert open_epoch(store, PREFIX, WINDOW, None, over=over.number).number == 1
