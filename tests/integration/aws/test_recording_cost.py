"""The API tells what a recording has cost, by the rates of the region that it lies in."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from functions.api import app as api
from mntreamer.aws.recording_rates import recording_rates
from mntreamer.domain.recordings.recording import RecordingStatus
from tests.contract.records import NOON, a_recording, minutes
from tests.integration.aws.conftest import REGION, TOKEN
from tests.integration.aws.test_handlers import context, event

if TYPE_CHECKING:
    from mntreamer.ports import Ports

RECORDINGS = "/api/v1/recordings"


def _get(path: str) -> Any:
    request = event("api_request")
    request["rawPath"] = request["requestContext"]["http"]["path"] = path
    request["headers"]["authorization"] = f"Bearer {TOKEN}"
    return json.loads(api.handler(request, context())["body"])


def _costs() -> list[float | None]:
    """As the list tells it, and the recording's own answer."""
    [listed] = _get(RECORDINGS)["recordings"]
    return [listed["cost_dollars"], _get(f"{RECORDINGS}/{listed['recording_id']}")["cost_dollars"]]


@pytest.fixture
def three_hours(ports: "Ports") -> None:
    """A recording of which nothing is kept: what that costs grows while the test runs."""
    ended = NOON + minutes(180)
    recording = a_recording(
        status=RecordingStatus.IDLE, opened_at=NOON, first_segment_at=NOON, last_segment_at=ended, size_bytes=0
    )
    ports.recordings.open(recording, NOON.date())


@pytest.mark.usefixtures("three_hours")
def test_three_hours_cost_three_times_what_one_does_and_a_launch() -> None:
    rates = recording_rates(REGION)
    assert rates
    assert _costs() == [round(rates.launch + 3 * rates.hour, 4)] * 2


@pytest.mark.usefixtures("three_hours")
def test_no_cost_is_told_where_the_prices_are_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-west-9")
    assert _costs() == [None, None]
