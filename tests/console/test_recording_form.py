"""What of a streamer is recorded, and how, is said in a dialog, by people who have read nothing."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.console.conftest import Site, streamer_row
from tests.console.staging import call

pytestmark = pytest.mark.xdist_group("console")
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
OPEN: dict[str, Any] = {
    "titles": [],
    "not_titles": [],
    "categories": [],
    "not_categories": [],
    "hours": [],
    "notify_only": False,
}


def _added(site: Site, name: str) -> str:
    """Its path in the API."""
    channel_id = site.chzzk.add_channel(name)
    call(site, "POST", "streamers", {"platform": "chzzk", "channel_id": channel_id})
    return f"streamers/chzzk/{channel_id}"


def _opened(page: Page, site: Site, name: str) -> Locator:
    page.goto(site.url)
    streamer_row(page, name).locator("summary[aria-label]").click()
    page.get_by_role("button", name="What to record").click()
    return page.get_by_role("dialog", name=f"What to record of {name}")


def _saved(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)


def test_only_what_matches_is_recorded(page: Page, site: Site) -> None:
    path = _added(site, "노래하는 이")
    dialog = _opened(page, site, "노래하는 이")
    dialog.get_by_label("Only some").check()
    dialog.get_by_label("Title contains").fill("노래방\n karaoke \n")
    dialog.get_by_label("Category is not").fill("ASMR")
    dialog.get_by_role("button", name="Add times").click()
    for day in ("Sat", "Sun"):
        dialog.get_by_label(day).uncheck()
    dialog.get_by_label("From", exact=True).fill("19:30")
    dialog.get_by_label("To", exact=True).fill("01:00")
    _saved(dialog)

    evenings = {"days": EVERY_DAY[:5], "begin": "19:30", "end": "01:00"}
    some = {"titles": ["노래방", "karaoke"], "not_categories": ["ASMR"], "hours": [evenings]}
    assert call(site, "GET", path)["filters"] == OPEN | some
    expect(streamer_row(page, "노래하는 이")).to_contain_text("Only titles with “노래방” or “karaoke”")


def test_what_was_said_is_shown_again_and_everything_is_recorded_again(page: Page, site: Site) -> None:
    path = _added(site, "바뀌는 이")
    call(site, "PATCH", path, {"filters": {"categories": ["talk", "art"]}})
    dialog = _opened(page, site, "바뀌는 이")
    expect(dialog.get_by_label("Category is", exact=True)).to_have_value("talk\nart")
    dialog.get_by_label("All", exact=True).check()
    _saved(dialog)

    assert call(site, "GET", path)["filters"] is None
    expect(streamer_row(page, "바뀌는 이")).not_to_contain_text("Only the category")


def test_one_may_be_told_of_and_not_recorded(page: Page, site: Site) -> None:
    path = _added(site, "알림만")
    dialog = _opened(page, site, "알림만")
    dialog.get_by_label("Only notify").check()
    _saved(dialog)

    assert call(site, "GET", path)["filters"] == OPEN | {"notify_only": True}


def test_recorders_and_schedule_are_chosen_and_nothing_else_changes(page: Page, site: Site) -> None:
    path = _added(site, "둘이서")
    before = call(site, "PATCH", path, {"filters": {"titles": ["one\ttwo"]}, "priority": 7})
    dialog = _opened(page, site, "둘이서")
    dialog.get_by_text("More", exact=True).click()
    dialog.get_by_label("Recorders at once").select_option("Two: where one fails, the other goes on")
    dialog.get_by_label("When to check").select_option("In fixed steps, ever more seldom")
    _saved(dialog)

    after = call(site, "GET", path)
    assert (after["recorders"], after["schedule"]) == (2, "stepped")
    assert (after["filters"], after["priority"]) == (before["filters"], 7)


def test_some_without_saying_which_is_asked_about(page: Page, site: Site) -> None:
    _added(site, "아무거나")
    dialog = _opened(page, site, "아무거나")
    dialog.get_by_label("Only some").check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Fill in at least one box")

    dialog.get_by_role("button", name="Add times").click()
    for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"):
        dialog.get_by_label(day).uncheck()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Choose at least one day")


def test_what_the_server_refuses_is_said_in_the_dialog_and_stays_there(page: Page, site: Site) -> None:
    _added(site, "긴 이야기")
    dialog = _opened(page, site, "긴 이야기")
    dialog.get_by_label("Only some").check()
    titles = "\n".join(["가" * 200] * 7)
    dialog.get_by_label("Title contains").fill(titles)
    dialog.get_by_role("button", name="Save").click()

    expect(dialog.get_by_role("alert")).to_contain_text("4000 bytes")
    expect(dialog.get_by_label("Title contains")).to_have_value(titles)


def test_the_keyboard_alone_sets_it_and_comes_back_to_where_it_was(page: Page, site: Site) -> None:
    path = _added(site, "자판만")
    page.goto(site.url)
    button = streamer_row(page, "자판만").locator("summary[aria-label]")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="What to record").press("Enter")
    page.get_by_label("All", exact=True).press("ArrowDown")
    page.get_by_label("Title contains").press_sequentially("maple")
    page.get_by_role("button", name="Save").press("Enter")
    expect(button).to_be_focused()

    assert call(site, "GET", path)["filters"] == OPEN | {"titles": ["maple"]}
    page.keyboard.press("Enter")
    page.get_by_role("button", name="What to record").press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()
