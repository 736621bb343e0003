"""What axe-core finds where a person who cannot see, or cannot point, would be stuck: nothing that is serious."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.console.conftest import Site
from tests.console.staging import Staged, staged

pytestmark = pytest.mark.xdist_group("console")
_AXE = Path("layers/console/node_modules/axe-core/axe.min.js")
_GRAVE = ("serious", "critical")
_DESK = ViewportSize(width=1280, height=800)
_PHONE = ViewportSize(width=390, height=844)


@pytest.fixture(scope="module")
def places(new_site: Callable[..., Site]) -> dict[str, str]:
    """The address of each page, with something on it."""
    site, guarded = new_site(), new_site("--token")
    seen: Staged = staged(site)
    return {
        "streamers": f"{site.url}/#/streamers",
        "recordings": f"{site.url}/#/recordings",
        "folders": f"{site.url}/#/recordings/chzzk",
        "an editor of what is live": f"{site.url}/#/editor/{seen.live}",
        "an editor of what is over": f"{site.url}/#/editor/{seen.to_refine}",
        "the door": guarded.url,
        "what is shared": seen.page_url,
    }


@pytest.fixture(params=["light", "dark"])
def desk(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with browser.new_context(viewport=_DESK, color_scheme=request.param, reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=_PHONE, has_touch=True, reduced_motion="reduce") as context:
        yield context.new_page()


def _found(page: Page) -> list[str]:
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    run: dict[str, Any] = page.evaluate("() => axe.run()")
    return [
        f"{violation['id']}: {violation['help']}: {[node['html'] for node in violation['nodes']]}"
        for violation in run["violations"]
        if violation["impact"] in _GRAVE
    ]


@pytest.mark.timeout(240)
def test_nothing_serious_is_found_on_any_page(places: dict[str, str], desk: Page) -> None:
    for name, url in places.items():
        desk.goto(url)
        expect(desk.get_by_role("heading", level=1)).to_have_count(1)
        assert _found(desk) == [], name


def test_nothing_serious_is_found_on_a_phone(places: dict[str, str], phone: Page) -> None:
    for name, url in places.items():
        phone.goto(url)
        expect(phone.get_by_role("heading", level=1)).to_have_count(1)
        assert _found(phone) == [], name


def _open_form(page: Page, url: str) -> None:
    """With all that it can show."""
    page.goto(url)
    page.locator(".streamer .menu summary").first.click()
    page.get_by_role("button", name="What to record").click()
    page.get_by_label("Only some").check()
    page.get_by_role("button", name="Add times").click()
    page.get_by_label("Only notify").check()
    page.get_by_role("dialog").get_by_text("More", exact=True).click()


def test_nothing_serious_is_found_in_the_form_of_what_to_record(places: dict[str, str], desk: Page) -> None:
    _open_form(desk, places["streamers"])

    assert _found(desk) == []


def test_the_form_of_what_to_record_fits_a_phone(places: dict[str, str], phone: Page) -> None:
    _open_form(phone, places["streamers"])

    assert _found(phone) == []
    assert (
        phone.evaluate(
            "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('dialog'))"
        )
        == 0
    )


def test_on_a_phone_nothing_is_wider_than_its_screen(places: dict[str, str], phone: Page) -> None:
    for name, url in places.items():
        phone.goto(url)
        expect(phone.get_by_role("heading", level=1)).to_have_count(1)
        assert phone.evaluate("document.documentElement.scrollWidth") <= _PHONE["width"], name


def test_the_keyboard_alone_reaches_everything_in_the_streamers_page(places: dict[str, str], desk: Page) -> None:
    desk.goto(places["streamers"])
    expect(desk.get_by_role("listitem").first).to_be_visible()
    names = set()
    for _ in range(60):
        desk.keyboard.press("Tab")
        names.add(desk.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()"))

    assert {"Add", "Check now", "Streamers", "Recordings"} <= names
