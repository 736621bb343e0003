"""From a channel that nobody watches to a part of its stream that others see: in the page alone, as a person goes."""

from pathlib import Path
from tempfile import TemporaryDirectory

import av
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.console.conftest import Site

pytestmark = pytest.mark.xdist_group("console")
_NAME = "처음 보는 이"
_CUT_OUT = "click to bring it back"
_CLOSED_WITHIN_MS = 60_000
# The player's clock need not stand where the last picture ends.
_FRAMES_S = 0.3
_STEP_S = 0.5


@pytest.mark.timeout(300)
def test_add_watch_cut_undo_redo_confirm_export_share_delete_and_restore(
    page: Page, browser: Browser, site: Site
) -> None:
    channel_id = site.chzzk.add_channel(_NAME)
    page.goto(site.url)
    page.get_by_label("Channel URL or nickname").fill(_NAME)
    page.get_by_label("Channel URL or nickname").press("Enter")
    expect(_row(page)).to_contain_text("Next check")

    site.chzzk.go_live(channel_id, "The first stream", "talk")
    _row(page).get_by_role("button", name="Check now").click()
    _row(page).get_by_role("link", name="Watch").click()
    _wait_for_seconds(page, 22)
    assert _moves_on(page)

    _select(page, begin_s=6, end_s=14)
    page.keyboard.press("Control+d")
    expect(_cuts(page)).to_have_count(1)
    assert _moves_on(page)
    page.keyboard.press("Control+z")
    expect(_cuts(page)).to_have_count(0)
    page.keyboard.press("Control+Shift+Z")
    expect(_cuts(page)).to_have_count(1)
    page.keyboard.press("m")
    expect(page.get_by_text("Marker 1").first).to_be_visible()

    site.chzzk.go_offline(channel_id)
    expect(_status(page)).to_have_text("To refine", timeout=_CLOSED_WITHIN_MS)
    length_s = _published_s(page)
    page.keyboard.press("Control+f")
    expect(_status(page)).to_have_text("Confirmed")

    assert _exported_s(page) == pytest.approx(length_s, abs=_FRAMES_S)
    assert _seen_by_somebody_else_s(page, browser) == pytest.approx(length_s, abs=_FRAMES_S)

    page.keyboard.press("Control+x")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("link", name="Recordings", exact=True)).to_have_attribute("aria-current", "page")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(_status(page)).to_have_text("Confirmed")
    expect(_cuts(page)).to_have_count(1)


def _row(page: Page) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=_NAME, exact=True))


def _status(page: Page) -> Locator:
    return page.locator("header .pill").first


def _cuts(page: Page) -> Locator:
    return page.get_by_role("button", name=_CUT_OUT)


def _wait_for_seconds(page: Page, count: float) -> None:
    """So much is recorded, and can be played."""
    page.wait_for_function("count => document.querySelector('video')?.duration > count", arg=count, timeout=60_000)


def _moves_on(page: Page) -> bool:
    """Whether the player goes on from where it is; outside of what is cut out, as nothing there is played."""
    at_s = page.evaluate("document.querySelector('video').currentTime")
    page.wait_for_function("at => document.querySelector('video').currentTime > at", arg=at_s + _STEP_S)
    return True


def _select(page: Page, begin_s: float, end_s: float) -> None:
    for key, at_s in (("q", begin_s), ("e", end_s)):
        page.evaluate("at => { document.querySelector('video').currentTime = at }", at_s)
        page.wait_for_function("() => !document.querySelector('video').seeking")
        page.keyboard.press(key)


def _published_s(page: Page) -> float:
    """How long it is without what is cut out, as the API says."""
    recording_id = page.url.partition("#/editor/")[2]
    answer = page.request.get(f"{page.url.partition('#')[0]}api/v1/recordings/{recording_id}")
    return float(answer.json()["published_duration_s"])


def _exported_s(page: Page) -> float:
    page.locator(".head").get_by_role("button", name="Export").click()
    order = page.get_by_role("complementary").get_by_role("button", name="Export", exact=True)
    expect(order).to_be_focused()
    order.click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download").click()
    with TemporaryDirectory() as folder:
        path = Path(folder, "export.mp4")
        downloading.value.save_as(path)
        with av.open(str(path)) as container:
            assert container.duration
            return container.duration / av.time_base


def _seen_by_somebody_else_s(page: Page, browser: Browser) -> float:
    """How long what a shared link plays is, in a browser that never logged in."""
    with page.expect_response(lambda answer: answer.url.endswith("/shares") and answer.ok) as sharing:
        page.locator(".head").get_by_role("button", name="Share").click()
        expect(page.get_by_role("button", name="Make a link")).to_be_focused()
        page.keyboard.press("Enter")
    with browser.new_context() as context:
        other = context.new_page()
        other.goto(sharing.value.json()["page_url"])
        expect(other.get_by_role("heading", level=1)).to_have_text("The first stream")
        other.keyboard.press("Space")
        other.wait_for_function("() => document.querySelector('video').currentTime > 0.5")
        return float(other.evaluate("document.querySelector('video').duration"))
