"""A session, as a real browser keeps it: for our own pages, and not for those of another port of the same machine.

SameSite says nothing about ports, so that this is where it shows whether anything else is asked.
"""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from mntreamer_local.files.token_file import api_token
from tests.integration.local.test_serve import free_port
from tests.integration.local.test_serve_with_token import url

__all__ = ["free_port", "url"]
pytestmark = pytest.mark.xdist_group("playback")
_ASK = """async ([url, method, body, mode]) => {
  const headers = mode === "cors" && body ? {"Content-Type": "application/json"} : {};
  const answer = await fetch(url, {method, headers, body, mode, credentials: "include"});
  return answer.status;
}"""
_ADD = '{"platform": "nowhere", "nickname": "a"}'


class _Pages(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name there
        """Say nothing."""


@pytest.fixture
def other_port(tmp_path: Path) -> Iterator[str]:
    """Where a page of somebody else is, on this machine."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "evil.html").write_text("<!doctype html><title>evil</title>")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, directory=str(tmp_path / "pages"))) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}/evil.html"
        server.shutdown()
        serving.join()


@pytest.fixture
def page(browser: Browser, url: str, tmp_path: Path) -> Iterator[Page]:
    """One of our own, logged in."""
    with browser.new_context() as context:
        opened = context.new_page()
        opened.goto(f"{url}/docs")
        assert _ask(opened, f"{url}/streamers") == 401
        assert _ask(opened, f"{url}/session", "POST", f'{{"token": "{api_token(tmp_path / "token")}"}}') == 201
        yield opened


def _ask(page: Page, url: str, method: str = "GET", body: str | None = None, mode: str = "cors") -> Any:
    return page.evaluate(_ASK, [url, method, body, mode])


def test_our_own_page_is_let_in_and_no_script_reads_the_session(page: Page, url: str) -> None:
    assert page.evaluate("document.cookie") == ""
    assert _ask(page, f"{url}/streamers") == 200
    assert _ask(page, f"{url}/streamers", "POST", _ADD) == 404  # let in, and there is no such platform
    assert _ask(page, f"{url}/session", "DELETE") == 204
    assert _ask(page, f"{url}/streamers") == 401


def test_another_port_s_page_neither_changes_nor_reads_anything(page: Page, url: str, other_port: str) -> None:
    evil = page.context.new_page()
    evil.goto(other_port)
    with evil.expect_response(f"{url}/recordings/x/confirm") as confirming:
        _ask(evil, f"{url}/recordings/x/confirm", "POST", None, "no-cors")

    assert confirming.value.status == 403  # and not 401: the browser did send the session, as to the same site
    for method in ("GET", "DELETE"):
        with pytest.raises(Exception, match="Failed to fetch"):
            _ask(evil, f"{url}/streamers", method)


def test_nobody_frames_our_pages(page: Page, url: str, other_port: str) -> None:
    page.goto(other_port)
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.evaluate(
            "url => document.body.append(Object.assign(document.createElement('iframe'), {src: url}))", f"{url}/docs"
        )


def test_our_pages_run_no_script_of_their_text(page: Page, url: str) -> None:
    page.goto(f"{url}/docs")
    page.evaluate("document.body.append(document.createRange().createContextualFragment('<script>x = 1</script>'))")

    assert page.evaluate("typeof x") == "undefined"
