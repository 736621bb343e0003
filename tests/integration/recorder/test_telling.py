"""What a recorder tells of itself: that it has begun, or why it has not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mntreamer.domain.monitors.probe import Probe
from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.storing.make import Made
from tests.contract.records import a_problem
from tests.integration.loopback_server import Reply
from tests.integration.recorder.conftest import Studio
from tests.integration.recorder.origin import GONE, Origin, OriginPlatform


class PatientPlatform(OriginPlatform):
    """Says that the stream is on for ten looks, and has the recorder stopped then."""

    studio: Studio

    def probe(self, channel_id: str) -> Probe:
        if self.probes >= 10:
            self.studio.stop.set()
        return super().probe(channel_id)


def _patient(studio: Studio) -> Studio:
    platform = PatientPlatform(studio.platform.origin)
    patient = replace(studio, platform=platform, ports=replace(studio.ports, platforms={platform.name: platform}))
    platform.studio = patient
    return patient


@pytest.mark.parametrize(
    ("broken", "said", "code"),
    [
        ("media.m3u8", "the source cannot be read: the source answered HTTP 503", "source_unreadable"),
        ("init.m4s", "did not come: HTTP 404", "segment_missing"),
    ],
)
def test_while_nothing_is_stored_the_streamer_says_why(
    studio: Studio, origin: Origin, broken: str, said: str, code: str
) -> None:
    origin.faults[broken] = [Reply(b"busy", 503) if broken == "media.m3u8" else GONE] * 10_000
    origin.hold = True
    patient = _patient(studio)

    assert patient.record() is Ending.STOPPED

    problem = patient.streamer.problem
    assert problem
    assert said in problem
    assert problem.code == code
    assert patient.recording.fruitless_launches == 1
    assert patient.streamer.status is StreamerStatus.PROCESS
    assert patient.starts == []


def test_bytes_that_are_not_to_be_recorded_end_the_recording_with_the_reason(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    why = a_problem("the stream's picture is AV1, which is not recorded")
    monkeypatch.setattr("mntreamer.recorder.storing.maker.make", lambda *_: Made((), (), (), refusal=why))

    assert studio.record() is Ending.REFUSED

    assert studio.streamer.problem == why
    assert studio.ports.monitors.due(studio.ports.clock() + timedelta(seconds=500), 1) == []


def test_what_ends_a_recorder_stands_with_its_recording(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise OSError("no space left on https://secret")

    monkeypatch.setattr("mntreamer.recorder.record.Recorder.run", broken)

    with pytest.raises(OSError, match="no space"):
        studio.record()

    assert (studio.recording.problem or "").startswith("OSError at ")
    assert "secret" not in (studio.recording.problem or "")


def test_the_first_segment_is_told_once_however_many_recorders_there_are(studio: Studio, origin: Origin) -> None:
    origin.on_look = lambda source: studio.stop.set() if source.listed == 8 else None
    studio.record()
    studio.stop.clear()
    origin.on_look = lambda _: None
    studio.raise_generation()

    studio.record(generation=2)

    [start] = studio.starts
    assert start.first_segment_at
    assert start.problem is None
