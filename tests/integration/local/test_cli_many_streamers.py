"""The commands about streamers where there are more of them than the API tells at once."""

import json

import pytest

from tests.contract.records import NOON, a_streamer, minutes
from tests.integration.local.test_cli import Run, _api, run
from tests.integration.usecases.conftest import World, world

__all__ = ["_api", "run", "world"]
ONE_MORE_THAN_A_PAGE = 1001

pytestmark = pytest.mark.usefixtures("_api")


@pytest.fixture
def channel_ids(world: World) -> list[str]:
    """In the order in which they were added; their names are in the opposite one."""
    ids = [f"c{ONE_MORE_THAN_A_PAGE - number:04}" for number in range(ONE_MORE_THAN_A_PAGE)]
    for number, channel_id in enumerate(ids):
        world.ports.monitors.add(a_streamer(channel_id, added_at=NOON + minutes(number)))
    return ["c1", *ids]


def test_all_are_listed_in_the_order_in_which_they_were_added(run: Run, channel_ids: list[str]) -> None:
    listed = json.loads(run("list", "--json").out)["streamers"]
    assert [streamer["channel_id"] for streamer in listed] == channel_ids


def test_whoever_is_on_the_last_page_is_found(run: Run, world: World, channel_ids: list[str]) -> None:
    last = max(channel_ids)
    assert run("pause", "chzzk", last).code == 0
    streamer = world.ports.monitors.get(f"chzzk:{last}")
    assert streamer
    assert streamer.paused
