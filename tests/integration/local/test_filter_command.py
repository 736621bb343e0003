"""The command that says what of a streamer is recorded, as the person at the keyboard sees it."""

import json

import pytest

from mntreamer.domain.monitors.filters import Filters, parse_filters
from mntreamer.domain.monitors.hours import DAYS, Hours
from tests.integration.local.test_cli import Run, _api, run
from tests.integration.usecases.conftest import World, world

__all__ = ["_api", "run", "world"]
pytestmark = pytest.mark.usefixtures("_api")


def test_what_is_said_is_kept_and_shown(run: Run, world: World) -> None:
    said = ("--title", "메이플", "--title", "not:재방송", "--category", "not:talk", "--hours", "fri-mon 18:00-24:00")

    shown = run("filter", "c1", *said).out.splitlines()

    assert parse_filters(world.streamer.filters) == Filters(
        titles=("메이플",),
        not_titles=("재방송",),
        not_categories=("talk",),
        hours=(Hours(("fri", "sat", "sun", "mon"), "18:00", "00:00"),),
    )
    assert shown[1:] == [
        "  only titles with 메이플",
        "  no titles with 재방송",
        "  not the categories talk",
        "  only fri,sat,sun,mon 18:00-00:00",
    ]
    assert run("filter", "c1").out.splitlines() == shown


def test_what_is_said_later_is_in_its_place(run: Run, world: World) -> None:
    run("filter", "c1", "--title", "x")

    assert run("filter", "c1", "--record", "none", "--hours", "20:00-22:00").out.splitlines()[1:] == [
        "  only 20:00-22:00",
        "  it is told of and not recorded",
    ]
    assert parse_filters(world.streamer.filters) == Filters(hours=(Hours(DAYS, "20:00", "22:00"),), notify_only=True)
    assert run("filter", "c1", "--record", "all").out.endswith(": everything is recorded\n")
    assert world.streamer.filters is None


@pytest.mark.parametrize(
    "hours", ["evening", "mon-xyz 18:00-20:00", "18:00-25:00", "mon 1800-2000", "mon- 18:00-20:00"]
)
def test_hours_that_are_none_are_refused(run: Run, world: World, hours: str) -> None:
    refused = run("filter", "c1", "--hours", hours)

    assert (refused.code, refused.out) == (2, "")
    assert "mon-fri 18:00-02:00" in refused.err
    assert world.streamer.filters is None


def test_programs_get_the_streamer(run: Run) -> None:
    assert json.loads(run("filter", "c1", "--record", "none", "--json").out)["filters"]["notify_only"] is True
