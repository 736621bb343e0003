"""A server over a simulated platform, and a person before a browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from demo.server import Server, last_words_told
from mntreamer_local.files.token_file import api_token
from simulated_channel import SimulatedChzzk

_LONGEST_MS = 30_000


@dataclass(frozen=True)
class Site:
    """Where the console is, whose streamers are on a platform that tests can switch on and off."""

    url: str
    chzzk: SimulatedChzzk
    token: str


def streamer_row(page: Page, name: str) -> Locator:
    """Of the streamer of that name."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name, exact=True))


@pytest.fixture(scope="session")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Starts a server of its own with an empty folder, and with these options of `mntreamer serve`."""
    folder = tmp_path_factory.mktemp("sites")
    numbers = count(1)
    with SimulatedChzzk(folder / "channel") as chzzk:
        servers: list[Server] = []

        def start(*options: str) -> Site:
            data = folder / str(next(numbers))
            settings = {
                "MNTREAMER_DATA": str(data),
                "MNTREAMER_CHZZK_API": chzzk.base_url,
                "MNTREAMER_ALLOWED_HOSTS": "127.0.0.1",
                "MNTREAMER_RECONNECT_WINDOW_S": "2",
            }
            server = Server(settings, data.with_suffix(".log"), options)
            with last_words_told(data.with_suffix(".log")):
                servers.append(server.__enter__())
            return Site(server.url, chzzk, api_token(data / "token"))

        yield start
        for server in servers:
            server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def site(new_site: Callable[..., Site]) -> Site:
    """One that asks for no token, as `make run` starts it."""
    return new_site()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Of a person who was never here; ends the test where the page complains to its console."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB") as context:
        opened = context.new_page()
        opened.set_default_timeout(_LONGEST_MS)
        expect.set_options(timeout=_LONGEST_MS)
        complaints: list[str] = []
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        yield opened
    assert not complaints
