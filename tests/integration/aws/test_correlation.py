"""One recording is followed through the logs by its prefix, whoever writes them."""

import io
import json
from collections.abc import Callable, Iterator
from threading import Event
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from functions.api import app as api
from functions.check_monitors import app as check_monitors
from functions.notify import app as notify
from functions.publish_playlist import app as publish_playlist
from functions.settle_recording import app as settle_recording
from mntreamer.aws import composition, exporter, recorder
from mntreamer.correlation import correlate, correlated, correlation_id
from mntreamer.domain.errors import SourceError
from mntreamer.domain.monitors.probe import ProbeFailed
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.pool import Pool
from tests.contract.records import a_problem, a_streamer
from tests.integration.aws.conftest import TOKEN, StillPlatform
from tests.integration.aws.test_handlers import LIVE, SOURCE, context, due_now, event

if TYPE_CHECKING:
    from mntreamer.ports import Ports

ID = "chzzk:c1:1001"
Line = dict[str, Any]


@pytest.fixture
def lines() -> Iterator[Callable[[], list[Line]]]:
    """What was logged since it was asked last."""
    written = io.StringIO()
    handlers = {handler for app in (check_monitors, recorder, exporter) for handler in _handlers(app)}
    before = {handler: handler.setStream(written) for handler in handlers}

    def logged() -> list[Line]:
        text = written.getvalue()
        written.seek(0)
        written.truncate()
        return [json.loads(line) for line in text.splitlines()]

    yield logged
    for handler, stream in before.items():
        handler.setStream(stream)


def _handlers(app: Any) -> list[Any]:
    handlers: list[Any] = (getattr(app, "logger", None) or app._logger).handlers
    return handlers


Lines = Callable[[], list[Line]]


def opened(ports: "Ports", platform: StillPlatform) -> str:
    """The prefix of a recording that a tick opens."""
    due_now(ports)
    platform.shows = LIVE
    check_monitors.handler(event("tick"), context())
    recording = ports.recordings.get(ID)
    assert recording
    return recording.prefix


def about(told: list[Line], words: str) -> list[Any]:
    """The correlation ids of the lines with these words."""
    return [line.get("correlation_id") for line in told if words in str(line["message"])]


def test_the_tick_that_opens_it(ports: "Ports", platform: StillPlatform, lines: Lines) -> None:
    prefix = opened(ports, platform)
    told = lines()
    assert about(told, "is live") == [prefix]
    assert about(told, "looked at the streamers") == [None]


def test_a_streamer_without_one_has_none_even_right_behind_it(
    ports: "Ports", platform: StillPlatform, lines: Lines
) -> None:
    opened(ports, platform)
    lines()
    ports.monitors.add(a_streamer("c2", check_at=ports.clock()))
    platform.shows = ProbeFailed(a_problem("HTTP 500"))
    check_monitors.handler(event("tick"), context())
    assert [line.get("correlation_id") for line in lines()] == [None]


def test_the_end_of_its_recorder_and_the_successor(ports: "Ports", platform: StillPlatform, lines: Lines) -> None:
    prefix = opened(ports, platform)
    ports.recordings.update(ID, {"fruitless_launches": 0}, {})
    lines()
    settle_recording.handler(event("recorder_stops"), context())
    told = lines()
    assert about(told, "generation 2 comes beside 1") == about(told, "a recorder stops") == [prefix]


@pytest.mark.usefixtures("aws")
def test_who_tells_of_it(lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    boto3.client("events").create_event_bus(Name="notices")
    monkeypatch.setenv("NOTICES_BUS", "notices")
    notify.handler(event("recording_closed"), context())
    assert about(lines(), "told: recording.ended") == [SOURCE.removesuffix("source.m3u8")]


def test_its_recorder_and_the_threads_that_work_for_it(
    ports: "Ports", platform: StillPlatform, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix = opened(ports, platform)
    monkeypatch.setenv("RECORDING_ID", ID)
    monkeypatch.setenv("GENERATION", "1")
    monkeypatch.setattr("mntreamer.recorder.record.Recorder", WorkingRecorder)
    lines()
    assert recorder.main() == 0
    told = lines()
    for words in ("generation 1 begins", "in a thread of its own", "the recorder leaves: over"):
        assert about(told, words) == [prefix]


class WorkingRecorder:
    """Does nothing, in a thread."""

    following = None

    def __init__(self, *_: object, **__: object) -> None:
        self._pool = Pool(1, "work")

    def run(self) -> Ending:
        done = Event()
        self._pool.submit(recorder._logger.info, "in a thread of its own").add_done_callback(lambda _: done.set())
        assert done.wait(5)
        return Ending.OVER

    def close(self) -> None:
        self._pool.shutdown()


def test_what_is_named_outside_of_all_blocks_is_forgotten() -> None:
    correlate("media/chzzk/left/2026/11/22/1/")
    assert correlation_id() is None
    with correlated():
        correlate("media/chzzk/named/2026/11/22/1/")
        assert correlation_id() == "media/chzzk/named/2026/11/22/1/"
    assert correlation_id() is None


@pytest.mark.usefixtures("aws")
def test_its_playlist_s_publishing_also_where_that_fails(lines: Lines) -> None:
    prefix = SOURCE.removesuffix("source.m3u8")
    publish_playlist.handler(event("source_written"), context())
    assert about(lines(), "there is no source playlist") == [prefix]

    composition.media_store().put(SOURCE, b"damaged", "application/vnd.apple.mpegurl", None)
    with pytest.raises(SourceError, match="damaged"):
        publish_playlist.handler(event("source_written"), context())
    assert about(lines(), "not published") == [prefix]


def test_what_people_do_with_it_and_by_which_request(ports: "Ports", platform: StillPlatform, lines: Lines) -> None:
    prefix = opened(ports, platform)
    lines()
    request = event("api_request")
    request["rawPath"] = request["requestContext"]["http"]["path"] = f"/api/v1/recordings/{ID}/stop"
    request["requestContext"]["http"]["method"] = "POST"
    request["headers"]["authorization"] = f"Bearer {TOKEN}"
    assert api.handler(request, context())["statusCode"] == 202
    [line] = [line for line in lines() if "stopped_at" in str(line["message"])]
    assert (line["correlation_id"], line["request"]) == (prefix, request["requestContext"]["requestId"])
