"""However store and tables hang, whoever is told to leave does; and nobody leaves what would be lost by it."""

from dataclasses import replace
from threading import Thread

import pytest

from mntreamer.domain.errors import NotFinished
from mntreamer.recorder.ending.ending import Ending
from tests.integration.recorder.conftest import QUICK, Studio
from tests.integration.recorder.origin import Origin
from tests.integration.recorder.test_bookkeeping import Hanging, _on_store, _on_tables

SOON_S = 15


@pytest.fixture
def hang() -> Hanging:
    return Hanging()


def _left(studio: Studio) -> Exception | Ending | None:
    """How the recorder left, if it did soon."""
    left: list[Exception | Ending] = []

    def work() -> None:
        try:
            left.append(studio.record(pace=replace(QUICK, drain_s=0.3)))
        except NotFinished as error:
            left.append(error)

    thread = Thread(target=work, daemon=True)
    thread.start()
    thread.join(SOON_S)
    return next(iter(left), None)


@pytest.mark.parametrize("word", ["epochs/", "source.m3u8", "recording.json"])
def test_told_to_stop_while_the_store_hangs_it_leaves(
    studio: Studio, origin: Origin, hang: Hanging, word: str
) -> None:
    origin.on_look = lambda _: studio.stop.set() if hang.was_asked.is_set() else None

    left = _left(_on_store(studio, word, hang))

    hang.answers.set()
    assert isinstance(left, NotFinished)
    assert "next recorder" in str(left)


def test_told_to_stop_while_the_tables_hang_it_leaves(studio: Studio, origin: Origin, hang: Hanging) -> None:
    origin.on_look = lambda _: studio.stop.set() if hang.was_asked.is_set() else None

    left = _left(_on_tables(studio, hang))

    hang.answers.set()
    assert isinstance(left, NotFinished)


def test_told_to_stop_while_segments_hang_it_leaves_them_on_disk(
    studio: Studio, origin: Origin, hang: Hanging
) -> None:
    origin.on_look = lambda _: studio.stop.set() if hang.was_asked.is_set() else None

    assert _left(_on_store(studio, "segments/", hang)) is Ending.STOPPED

    hang.answers.set()
    assert studio.workshop.spool.disk.used_bytes > 0
