"""Somebody who watches a playlist in a browser, with hls.js."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page

from mntreamer_local.composition import PAGE

_FOLDER = Path(__file__).parent
_HLS_JS = PAGE / "packages/hls.js/hls.min.js"
_LONGEST_MS = 60_000


@dataclass(frozen=True)
class Picture:
    """One that was shown: its number, and when it was due on the player's timeline."""

    number: int
    at_s: float


@dataclass(frozen=True)
class Seen:
    """`longest_stall_s` is how long the player's clock stood still for want of something to show after playing had
    begun, `farthest_jump_s` how far it went at once: without seeking, both.

    `duration_s` is what the player says; `fatal` is the error with which it gave up.
    """

    pictures: tuple[Picture, ...]
    longest_stall_s: float
    farthest_jump_s: float
    duration_s: float
    ended: bool
    fatal: str | None


class Viewer:
    """Watches from the moment that the page is opened."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def wait_until(self, at_s: float) -> None:
        """The player's clock is there."""
        self._wait("at => video.currentTime >= at || seen.fatal", at_s)

    def wait_for_a_stall(self, longer_than_s: float) -> None:
        """The player has stood still for so long, or gave up."""
        self._wait("for_s => seen.stalled_s > for_s || seen.fatal", longer_than_s)

    def seek(self, to_s: float) -> None:
        self._page.evaluate("to => { video.currentTime = to }", to_s)

    def chapters(self) -> list[tuple[str, float]]:
        """What the player knows of EXT-X-DATERANGE: titles, and when each begins on its timeline."""
        facts = self._page.evaluate("chapters()")
        return [(chapter["title"], chapter["at_s"]) for chapter in facts]

    def wait_for_the_end(self) -> Seen:
        """What was seen until it ended, or the player gave up."""
        self._wait("() => seen.ended || seen.fatal")
        return self.seen()

    def seen(self) -> Seen:
        """What was seen so far."""
        facts: dict[str, Any] = self._page.evaluate("seen")
        pictures = tuple(Picture(**picture) for picture in facts["pictures"])
        clock = facts["stalled_s"], facts["jumped_s"], facts["duration_s"]
        return Seen(pictures, *clock, facts["ended"], facts["fatal"])

    def _wait(self, condition: str, argument: object = None) -> None:
        self._page.wait_for_function(condition, arg=argument, timeout=_LONGEST_MS, polling=20)


@contextmanager
def watching(browser: Browser, pages_url: str, playlist_url: str, **config: object) -> Iterator[Viewer]:
    """`config` is hls.js's."""
    page = browser.new_page()
    try:
        page.goto(f"{pages_url}/player.html")
        page.evaluate("([url, config]) => play(url, config)", [playlist_url, config])
        yield Viewer(page)
    finally:
        page.close()


@contextmanager
def pages_served() -> Iterator[str]:
    """The URL below which the player's page is; of another origin than the recordings."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, directory=str(_FOLDER)))
    serving = Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


class _Pages(SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        return str(_HLS_JS) if path == "/hls.js" else super().translate_path(path)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class calls it so
        """Nobody reads that."""
