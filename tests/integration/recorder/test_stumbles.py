"""One odd answer, one odd bundle, one small limit: none of them costs more than itself."""

import fcntl
from datetime import timedelta
from pathlib import Path

import pytest

from mntreamer.domain.segments.bundling import Bundle
from mntreamer.domain.segments.epoch import Epoch, render_epoch
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.storing import maker
from mntreamer.recorder.storing.make import Made, make
from mntreamer.recorder.storing.spool import Held, Spool
from tests.contract.records import a_problem
from tests.integration.loopback_server import Reply
from tests.integration.recorder.conftest import Studio
from tests.integration.recorder.origin import START, Media, Origin
from tests.integration.recorder.test_record import ALL


@pytest.mark.parametrize("body", [b"", b"<html>busy</html>"])
def test_an_initialisation_section_that_is_none_is_asked_for_again(
    studio: Studio, origin: Origin, body: bytes
) -> None:
    origin.faults["init.m4s"] = [Reply(body)]

    studio.record()

    assert studio.ranges == ALL
    assert studio.recording.gaps == 0


def test_a_source_that_began_anew_too_often_is_refused_and_nothing_of_it_waits(studio: Studio) -> None:
    last = Epoch(999, 3, 5_000_000, START - timedelta(days=1))
    studio.ports.store.put_new(f"{studio.recording.prefix}epochs/{last.file}", render_epoch(last).encode(), "", {})

    assert studio.record() is Ending.REFUSED

    assert "1000 times" in (studio.streamer.problem or "")
    assert studio.workshop.spool.memory.used_bytes == 0


def test_an_insertion_that_cannot_be_recorded_ends_no_recording(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(bundle: Bundle, remuxer: Remuxer) -> Made:
        is_insertion = bundle.name.first == 12
        return Made((), (), (), a_problem("AV1 is not recorded")) if is_insertion else make(bundle, remuxer)

    monkeypatch.setattr(maker, "make", odd)

    assert studio.record() is Ending.OVER

    assert studio.ranges == [name for name in ALL if name[1] != 12]
    assert (studio.recording.gaps, studio.recording.lost_segments) == (1, 3)


def test_a_user_who_may_have_no_more_large_pipes_remuxes_all_the_same(
    media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    with Remuxer() as remuxer:
        assert remuxer.remux(media.init, media.bodies[:2]).body


def test_what_was_dropped_is_not_read_as_nothing(tmp_path: Path) -> None:
    spool = Spool(tmp_path, 1000, 1000)
    held = spool.hold([b"a segment"])
    assert isinstance(held, Held)
    spool.drop(held)

    with pytest.raises(FileNotFoundError):
        spool.read(held)
