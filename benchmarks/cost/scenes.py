"""What happens, played once on an AWS in process: each scene answers with what it used."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from benchmarks.cost.deployment import TOKEN
from benchmarks.cost.meter import Meter
from benchmarks.cost.use import Use, times, total, without
from benchmarks.platform_answers import channel_id_of
from functions.api import app as api
from functions.check_monitors import app as check_monitors
from functions.publish_playlist import app as publish_playlist
from functions.purge_recordings import app as purge_recordings
from functions.settle_recording import app as settle_recording
from mntreamer.aws.composition import checking_ports
from mntreamer.domain.monitors.streamer import Streamer, streamer_id_of
from mntreamer.domain.recordings.recording import Recording
from mntreamer.platforms.chzzk import Chzzk

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

LIVE = 20  # the number of the one channel that is live
_MISSED = 20
_EVENTS = Path(__file__).parents[2] / "tests" / "events"


def tick(meter: Meter) -> Use:
    """A minute in which nobody is due."""
    return invoked(meter, "check_monitors", lambda: check_monitors.handler(_event("tick"), context()))


def sweep(meter: Meter) -> Use:
    """A minute's look for what is to be deleted for good."""
    return invoked(meter, "purge_recordings", lambda: purge_recordings.handler(_event("tick"), context()))


def miss(meter: Meter) -> Use:
    """A look at one streamer who is not live, beside the tick that it belongs to."""
    for number in range(_MISSED):
        _is_due(number)
    return times(without(tick(meter), tick(meter)), 1 / _MISSED)


def opening(meter: Meter) -> Use:
    """A streamer is found live and a recorder launched, beside the tick that it belongs to."""
    _is_due(LIVE)
    return without(tick(meter), tick(meter))


def publishing(meter: Meter, prefix: str) -> Use:
    """What follows each time a source playlist is written."""
    written = _event("source_written")
    written["detail"]["object"]["key"] = f"{prefix}source.m3u8"
    return invoked(meter, "publish_playlist", lambda: publish_playlist.handler(written, context()))


def settling(meter: Meter, recording: Recording) -> Use:
    """A recorder's task has stopped."""
    stops = _event("recorder_stops")
    [override] = stops["detail"]["overrides"]["containerOverrides"]
    override["environment"] = [
        {"name": "RECORDING_ID", "value": recording.recording_id},
        {"name": "GENERATION", "value": str(recording.generation)},
    ]
    stops["detail"]["containers"][0] |= {"lastStatus": "STOPPED", "exitCode": 0}
    return invoked(meter, "settle_recording", lambda: settle_recording.handler(stops, context()))


def listing(meter: Meter) -> Use:
    """A page of the API's recordings."""
    return _asked(meter, "/api/v1/recordings")[0]


def watching(meter: Meter) -> Use:
    """An hour of a recording that has ended is played, from its beginning."""
    _, listed = _asked(meter, "/api/v1/recordings")
    [recording] = [one for one in json.loads(listed)["recordings"] if one["segments"]]
    playlist = urlsplit(recording["playlist_url"]).path
    of_playlist, text = _asked(meter, playlist)
    first = next(line for line in text.splitlines() if line and not line.startswith("#"))
    of_segment, _ = _asked(meter, f"{playlist.rpartition('/')[0]}/{first}")
    from_bucket = {"s3_gets": 1.0}  # where the segment's redirect leads
    segments = 3600 * recording["segments"] / recording["duration_s"]
    return total(of_playlist, times(total(of_segment, from_bucket), segments))


def _asked(meter: Meter, path: str) -> tuple[Use, str]:
    request = _event("api_request")
    request["rawPath"] = request["requestContext"]["http"]["path"] = path
    request["headers"]["authorization"] = f"Bearer {TOKEN}"
    answers: list[Any] = []
    use = invoked(meter, "api", lambda: answers.append(api.handler(request, context())))
    return total(use, {"api_requests": 1.0}), answers[0].get("body") or ""


def invoked(meter: Meter, function: str, handle: Callable[[], object]) -> Use:
    before = meter.use
    handle()
    return total(without(meter.use, before), {f"lambda_requests.{function}": 1.0})


def _is_due(number: int) -> None:
    now = checking_ports().clock()
    checking_ports().monitors.add(
        Streamer(
            streamer_id=streamer_id_of(Chzzk.name, channel_id_of(number)),
            platform=Chzzk.name,
            channel_id=channel_id_of(number),
            nickname=f"streamer {number}",
            channel_name=f"streamer {number}",
            added_at=now,
            check_at=now - timedelta(seconds=1),
        )
    )


def _event(name: str) -> Any:
    return json.loads((_EVENTS / f"{name}.json").read_text())


def context() -> "LambdaContext":
    facts = SimpleNamespace(
        function_name="function",
        memory_limit_in_mb=512,
        invoked_function_arn="arn:aws:lambda:ap-northeast-2:123456789012:function:function",
        aws_request_id="52fdfc07-2182-154f-163f-5f0f9a621d72",
        get_remaining_time_in_millis=lambda: 55_000,
    )
    return cast("LambdaContext", facts)
