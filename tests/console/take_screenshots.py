"""`make screenshots`: each page in light, in dark and on a phone, as pictures in `screenshots/` to look at."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.console.conftest import Site
from tests.console.staging import staged

_FOLDER = Path("screenshots")
_DESK = ViewportSize(width=1280, height=800)
_PHONE = ViewportSize(width=390, height=844)
_LOOKS: dict[str, tuple[ViewportSize, Literal["light", "dark"]]] = {
    "light": (_DESK, "light"),
    "dark": (_DESK, "dark"),
    "phone": (_PHONE, "light"),
}
_LOCALES = {"en": "en-GB", "ko": "ko-KR"}
# What comes a moment later than the page: posters, the strip of thumbnails, a first picture.
_SETTLES_MS = 3_000


@pytest.mark.timeout(600)
def test_take_screenshots(browser: Browser, new_site: Callable[..., Site]) -> None:
    empty, site, guarded = new_site(), new_site(), new_site("--token")
    seen = staged(site)
    places = {
        "first": empty.url,
        "streamers": f"{site.url}/#/streamers",
        "recordings": f"{site.url}/#/recordings",
        "folders": f"{site.url}/#/recordings/chzzk",
        "editor": f"{site.url}/#/editor/{seen.live}",
        "editor-of-what-is-over": f"{site.url}/#/editor/{seen.to_refine}",
        "shared": seen.page_url,
        "door": guarded.url,
    }
    _FOLDER.mkdir(exist_ok=True)
    for (look, (viewport, scheme)), (language, locale) in product(_LOOKS.items(), _LOCALES.items()):
        with browser.new_context(viewport=viewport, color_scheme=scheme, locale=locale) as context:
            for name, url in places.items():
                _take(context.new_page(), url, _FOLDER / f"{name}-{look}-{language}.png")


def _take(page: Page, url: str, path: Path) -> None:
    page.goto(url)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.wait_for_timeout(_SETTLES_MS)
    page.screenshot(path=path)
    page.close()
