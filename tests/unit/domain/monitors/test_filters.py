"""What of a streamer is recorded, and why the rest is not."""

from datetime import datetime, timedelta

import pytest

from mntreamer.domain.monitors.filters import Filters, filters_from, left_out, parse_filters, render_filters
from mntreamer.domain.monitors.hours import DAYS, Hours, are_on, until_next
from mntreamer.domain.monitors.topic import Topic

MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 -- of the platform's zone
TOPIC = Topic("오늘은 MapleStory 합니다", "메이플스토리")
EVENINGS = Hours(("mon", "fri"), "18:00", "02:00")


def _reason(filters: Filters, topic: Topic = TOPIC, local: datetime = MONDAY) -> str | None:
    out = left_out(filters, topic, local)
    return out.reason if out else None


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (Filters(), None),
        (Filters(titles=("other", "maplestory")), None),
        (Filters(titles=("other",)), "live, but the title does not match"),
        (Filters(not_titles=("MAPLE",)), "live, but the title is one that is left out"),
        (Filters(categories=("메이플스토리",)), None),
        (Filters(categories=("메이플",)), "live, but the category does not match"),
        (Filters(not_categories=("메이플스토리",)), "live, but the category is one that is left out"),
        (Filters(titles=("maple",), categories=("talk",)), "live, but the category does not match"),
        (Filters(hours=(EVENINGS,)), "live, but outside its hours"),
        (Filters(notify_only=True), "live, and only told of: 오늘은 MapleStory 합니다"),
        (Filters(notify_only=True, titles=("other",)), "live, but the title does not match"),
    ],
)
def test_what_gets_through_and_what_does_not(filters: Filters, reason: str | None) -> None:
    assert _reason(filters) == reason


def test_ways_of_writing_do_not_matter() -> None:
    assert _reason(Filters(titles=("\u1100\u1161",)), Topic("\uac00!", "")) is None
    assert _reason(Filters(titles=("maple",)), Topic("\uff2d\uff21\uff30\uff2c\uff25", "")) is None


def test_spaces_around_what_was_typed_do_not_matter() -> None:
    assert _reason(Filters(titles=(" 오늘은  maplestory ",), categories=("메이플스토리 ",))) is None
    assert _reason(Filters(not_categories=("\u3000메이플스토리",)))


@pytest.mark.parametrize(
    ("day", "clock", "on"),
    [
        ("mon", "17:59", False),
        ("mon", "18:00", True),
        ("tue", "01:59", True),
        ("tue", "02:00", False),
        ("tue", "19:00", False),
        ("sat", "00:30", True),
        ("mon", "00:30", False),
    ],
)
def test_hours_go_past_midnight_from_the_day_on_which_they_begin(day: str, clock: str, *, on: bool) -> None:
    assert are_on([EVENINGS], _at(day, clock)) is on


def test_the_week_is_a_circle() -> None:
    assert are_on([Hours(("sun",), "23:00", "01:00")], _at("mon", "00:59"))
    assert until_next([Hours(("mon",), "00:00", "01:00")], _at("sun", "23:59")) == timedelta(minutes=1)


def test_from_midnight_to_midnight_is_all_day() -> None:
    assert are_on([Hours(("wed",), "00:00", "00:00")], _at("wed", "23:59"))
    assert not are_on([Hours(("wed",), "00:00", "00:00")], _at("thu", "00:00"))


def test_it_is_looked_at_again_when_it_may_get_through() -> None:
    by_hours = left_out(Filters(hours=(EVENINGS,)), TOPIC, _at("mon", "17:57") + timedelta(seconds=30))
    at_noon = left_out(Filters(hours=(EVENINGS,)), TOPIC, _at("mon", "12:00"))
    by_title = left_out(Filters(titles=("other",)), TOPIC, MONDAY)

    assert [out.look_again for out in (by_hours, at_noon, by_title) if out] == [
        timedelta(minutes=2, seconds=30),
        timedelta(minutes=10),
        timedelta(minutes=2),
    ]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(notify_only=True),
        Filters(("a", '"'), ("b",), ("c",), ("d 🎮",), (EVENINGS, Hours(DAYS, "00:00", "00:00"))),
    ],
)
def test_what_is_kept_is_read_again(filters: Filters) -> None:
    assert parse_filters(render_filters(filters)) == filters


def test_no_filter_is_kept_as_none() -> None:
    assert render_filters(filters_from({"titles": []})) is None


def _at(day: str, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return MONDAY + timedelta(days=DAYS.index(day), hours=int(hour), minutes=int(minute))
