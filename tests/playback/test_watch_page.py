"""The page behind a link plays in a browser that is logged in nowhere, and says why where it does not."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.waiting import wait_for
from tests.playback.growing import Growing

pytestmark = [pytest.mark.xdist_group("playback"), pytest.mark.timeout(110)]

New = Callable[[], Growing]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Of a Korean's phone; what the page is not allowed to do fails the test."""
    context = browser.new_context(locale="ko-KR", viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert not refused


@pytest.fixture
def recording(new: New) -> Growing:
    recorded = new()
    recorded.grow(6)
    return recorded


def page_of(url: str) -> str:
    return url.rpartition("/")[0] + "/"


def wait_until_it_plays(page: Page) -> None:
    page.keyboard.press(" ")
    wait_until_it_is_at(page, 0.5)


def wait_until_it_is_at(page: Page, at_s: float) -> None:
    """The policy keeps the browser from evaluating conditions by itself."""
    video = page.locator("video")
    wait_for("it plays", lambda: video.evaluate("video => video.currentTime") > at_s or None, 60)


@pytest.mark.parametrize("is_over", [True, False])
def test_it_plays_what_is_shared(page: Page, recording: Growing, *, is_over: bool) -> None:
    if is_over:
        recording.end()
    _, url = recording.share()
    page.goto(page_of(url))

    wait_until_it_plays(page)
    assert page.locator("h1").inner_text()
    assert (page.get_by_text("라이브").count() == 0) is is_over


def test_it_waits_for_what_is_not_there_yet(page: Page, new: New) -> None:
    recording = new()
    page.goto(page_of(recording.playlist_url))
    expect(page.get_by_role("status")).to_contain_text("아직")

    recording.grow(6)
    wait_until_it_plays(page)
    expect(page.get_by_role("status")).to_be_empty()


def test_its_keys_steer_it(page: Page, recording: Growing) -> None:
    recording.end()
    _, url = recording.share()
    page.goto(page_of(url))
    wait_until_it_plays(page)

    page.keyboard.press(" ")
    expect(page.locator("video")).to_have_js_property("paused", value=True)
    page.keyboard.press("ArrowRight")
    wait_until_it_is_at(page, 10)
    page.keyboard.press("m")
    expect(page.locator("video")).to_have_js_property("muted", value=True)


def test_a_revoked_link_says_so(page: Page, recording: Growing) -> None:
    share_id, url = recording.share()
    recording.revoke(share_id)
    page.goto(page_of(url))

    expect(page.get_by_role("alert")).to_contain_text("만료되었거나 취소된 링크")
    assert page.locator("video").count() == 0


def test_one_that_is_revoked_meanwhile_says_so_too(page: Page, recording: Growing) -> None:
    share_id, url = recording.share()
    page.goto(page_of(url))
    wait_until_it_plays(page)
    recording.revoke(share_id)

    expect(page.get_by_role("status")).to_contain_text("취소된 링크", timeout=60_000)
