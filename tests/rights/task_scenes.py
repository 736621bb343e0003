"""A recorder's and an exporter's task, from their launch to their end."""

import os
import signal
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from unittest.mock import patch

from benchmarks.platform_answers import channel_id_of
from mntreamer.aws import exporter, recorder
from mntreamer.aws.composition import media_store, serving_ports
from mntreamer.domain.exports.export import ExportFormat
from mntreamer.domain.times import whole_milliseconds
from mntreamer.exporter.lifeline import hold_on
from mntreamer.platforms.chzzk import Chzzk
from mntreamer.recorder.storing.keep import keep_damaged
from mntreamer.usecases.recordings.begin_next_part import begin_next_part
from tests.contract.records import NOON, a_recording, a_streamer
from tests.faults.broadcast import BEGAN_AT, Stretch
from tests.faults.desk import Desk, pace_of
from tests.faults.origin import Origin
from tests.faults.platform import LIVE_ID, OriginPlatform
from tests.faults.row import Row
from tests.faults.takes import Container, Encoding
from tests.integration.exporter.making import Making
from tests.integration.exporter.stored_recording import StoredRecording
from tests.rights.checking_scenes import DISCOVERED
from tests.rights.recordings import SEGMENTS
from tests.rights.witness import Witness

_SCALE, _PATIENCE_S = 8.0, 4.0
_BROADCAST = Row("a broadcast", (Stretch(9),))
_LEASE = timedelta(minutes=2)


def record(witness: Witness) -> None:
    """To the end of a stream, once more by a successor, and on into a next part."""
    with Origin(_BROADCAST, Container.TS, _SCALE, _PATIENCE_S) as origin, witness.watching():
        with witness.looking_away():
            desk = _desk(origin)
        _recorder(desk, generation=1)
        with witness.looking_away():
            successor = desk.raise_generation()
        _recorder(desk, successor)
        begin_next_part(desk.ports, desk.recording, {"problem": None})
        for name in SEGMENTS:
            keep_damaged(desk.ports.store, desk.recording.prefix, name, b"damaged")
        _asks_its_platform()


def _asks_its_platform() -> None:
    """The real one; the stream above comes from none that has an API."""
    chzzk = serving_ports().platforms[Chzzk.name]
    chzzk.probe(channel_id_of(DISCOVERED))
    chzzk.playback(channel_id_of(DISCOVERED))


def _recorder(desk: Desk, generation: int) -> None:
    launched_with = {"RECORDING_ID": desk.recording_id, "GENERATION": str(generation)}
    before = signal.getsignal(signal.SIGTERM)
    with (
        patch.dict(os.environ, launched_with),
        tempfile.TemporaryDirectory() as folder,
        patch.object(tempfile, "tempdir", folder),
        patch.object(recorder, "serving_ports", lambda: desk.ports),
        patch.object(recorder, "_PACE", desk.pace),
    ):
        assert recorder.main() == 0
    signal.signal(signal.SIGTERM, before)


def _desk(origin: Origin) -> Desk:
    def clock() -> datetime:
        return whole_milliseconds(BEGAN_AT + timedelta(seconds=origin.now_s))

    platform = OriginPlatform(origin)
    ports = replace(serving_ports(), clock=clock, platforms={platform.name: platform})
    recording = a_recording(LIVE_ID, opened_at=clock(), started_at=BEGAN_AT, lease_until=clock() + _LEASE)
    assert ports.recordings.open(recording, BEGAN_AT.date())
    ports.monitors.add(a_streamer(recording_id=recording.recording_id, check_at=recording.lease_until))
    return Desk(ports, pace_of(_SCALE), recording.recording_id)


def export(witness: Witness) -> None:
    """One that ends with two files, and one that somebody removes when its first file is there."""
    recording = StoredRecording(media_store())
    recording.record(Encoding(1), 1)
    recording.record(Encoding(2, start_s=100, width=320, height=180), 1)
    for now, alive in ((NOON, hold_on), (NOON + timedelta(hours=1), _removed(witness))):
        making = Making(media_store(), now, timedelta(0))
        key = making.key(making.order(recording, [range(2)], ExportFormat.TS))
        told = {"EXPORT_KEY": key, "ATTEMPT": "1"}
        with patch.dict(os.environ, told), patch.object(exporter, "hold_on", alive), witness.watching():
            assert exporter.main() == 0


def _removed(witness: Witness) -> Callable[..., None]:
    """As a person might remove it while its exporter is busy."""

    def remove_what_is_begun(_within_s: float = 0.0) -> None:
        key = os.environ["EXPORT_KEY"]
        with witness.looking_away():
            if media_store().version(key.replace(".json", "-1.ts")):
                media_store().delete([key])

    return remove_what_is_begun
