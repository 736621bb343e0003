"""What streamers and people write is text on every page, and no page does what the policy has to forbid."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.conftest import Site
from tests.console.staging import call, path_of, recorded

pytestmark = [pytest.mark.xdist_group("console"), pytest.mark.timeout(240)]
# A part of a page where any of them is taken for HTML.
MARK = "stranger"
WORDS = f"'\"></title><i class={MARK}></i><img class={MARK} src=x onerror=alert(1)>${{1}}`"


@pytest.fixture(scope="module")
def places(new_site: Callable[..., Site]) -> dict[str, str]:
    """The address of each page, with a stranger's words on it."""
    site = new_site()
    channel = site.chzzk.add_channel(WORDS)
    call(site, "POST", "streamers", {"platform": "chzzk", "channel_id": channel})
    site.chzzk.go_live(channel, WORDS, WORDS)
    call(site, "POST", f"streamers/chzzk/{channel}/check")
    live = recorded(site, channel)
    call(site, "POST", f"{path_of(live)}/cuts", {"begin": 6, "end": 9})
    call(site, "POST", f"{path_of(live)}/markers", {"at": 3, "label": WORDS})
    clip = call(site, "POST", f"{path_of(live)}/clips", {"begin": 0, "end": 5, "title": WORDS})
    of_clip = call(site, "POST", f"{path_of(live)}/shares", {"expires_in_s": 3600, "clip_id": clip["clip_id"]})
    of_all = call(site, "POST", f"{path_of(live)}/shares", {"expires_in_s": 3600})
    return {
        "streamers": f"{site.url}/#/streamers",
        "recordings": f"{site.url}/#/recordings",
        "what is looked for": f"{site.url}/#/recordings?q=%3Cimg",
        "folders": f"{site.url}/#/recordings/chzzk",
        "editor": f"{site.url}/#/editor/{live}",
        "clip": of_clip["page_url"],
        "recording": of_all["page_url"],
        "no recording": f"{site.url}/#/editor/%3Ci%20class%3D{MARK}%3E",
    }


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """What the policy refuses fails the test, as what it would have refused was in the page."""
    with browser.new_context(locale="en-GB") as context:
        opened = context.new_page()
        refused: list[str] = []
        opened.on(
            "console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None
        )
        yield opened
    assert not refused


def test_they_are_text_on_every_page(places: dict[str, str], page: Page) -> None:
    for name, url in places.items():
        page.goto(url)
        page.reload()
        expect(page.locator("body")).to_contain_text(MARK)
        page.wait_for_load_state("networkidle")
        assert page.locator(f".{MARK}").count() == 0, name
