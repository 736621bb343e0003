"""The door, as a person meets it: on a server that others reach, too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Site

pytestmark = pytest.mark.xdist_group("console")


@pytest.fixture(scope="module")
def guarded(new_site: Callable[..., Site]) -> Site:
    return new_site("--token")


def _log_in(page: Page, token: str) -> None:
    page.get_by_label("Token").fill(token)
    page.get_by_role("button", name="Log in").click()


def test_nothing_is_shown_to_who_has_no_token(page: Page, guarded: Site) -> None:
    page.goto(f"{guarded.url}/#/recordings")

    expect(page.get_by_label("Token")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_a_wrong_token_is_refused_in_words(page: Page, guarded: Site) -> None:
    page.goto(guarded.url)
    _log_in(page, "not the token")

    expect(page.get_by_role("alert")).not_to_be_empty()
    expect(page.get_by_label("Token")).to_be_visible()


def test_the_token_opens_what_was_asked_for_and_the_browser_stays_in(page: Page, guarded: Site) -> None:
    page.goto(f"{guarded.url}/#/recordings")
    _log_in(page, guarded.token)
    expect(page.get_by_role("link", name="Recordings", exact=True)).to_have_attribute("aria-current", "page")

    page.reload()
    expect(page.get_by_role("link", name="Recordings", exact=True)).to_have_attribute("aria-current", "page")


def test_who_logs_out_is_out(page: Page, guarded: Site) -> None:
    page.goto(guarded.url)
    _log_in(page, guarded.token)
    page.get_by_role("button", name="Log out").click()

    expect(page.get_by_label("Token")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Token")).to_be_visible()


def test_a_session_that_ends_meanwhile_leads_to_the_door(page: Page, guarded: Site) -> None:
    page.goto(guarded.url)
    _log_in(page, guarded.token)
    expect(page.get_by_label("Channel URL or nickname")).to_be_visible()
    page.context.clear_cookies()

    expect(page.get_by_label("Token")).to_be_visible()
