"""`/play/{token}/` in a browser, and the source playlist that an editor plays."""

import re
from html import unescape
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from mntreamer.usecases.refining.purge_cuts import purge_cuts
from tests.integration.local.refined import LOCAL, RECORDING, call, end, files, name, played, record
from tests.integration.local.test_web import TOKEN, Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
OWNER = {"Authorization": f"Bearer {TOKEN}"}
DAY_S = 86_400


@pytest.fixture
def browser(web: Web, world: World) -> Client:
    """At a server that asks for a token, and holds a recording of ten segments that is still made."""
    record(world, *range(10))
    return web(asks_token=True)


def owner(client: Client, method: str, path: str, body: Any = None) -> Any:
    return call(client, method, path, body, **OWNER)


def share(client: Client, **more: Any) -> Any:
    return owner(client, "POST", f"{RECORDING}/shares", {"expires_in_s": DAY_S, **more})


def opened(client: Client, url: str, accept: str = "text/html,*/*;q=0.8") -> TestResponse:
    return client.get(url.removeprefix(LOCAL), base_url=LOCAL, headers={"Accept": accept})


def told(page: TestResponse) -> dict[str, str]:
    """What the page's head says."""
    metas = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page.text)
    return {key: unescape(value) for key, value in metas}


class TestThePage:
    def test_says_what_is_played_and_where(self, browser: Client) -> None:
        page = opened(browser, share(browser)["page_url"])

        assert (page.status_code, page.mimetype) == (200, "text/html")
        assert "<title>title</title>" in page.text
        facts = told(page)
        assert (facts["channel"], facts["playlist"]) == ("한글 nickname 🎮", "live.m3u8")
        assert facts["started-at"].startswith("2026-11-22T02:59:30")
        assert (facts["og:title"], facts["robots"]) == ("title", "noindex")

    def test_its_playlist_lies_beside_it(self, browser: Client, world: World) -> None:
        url = share(browser)["page_url"]
        end(world)
        playlist = told(opened(browser, url))["playlist"]

        assert playlist == "index.m3u8"
        assert played(browser, url + playlist) == files(*range(10))

    def test_a_clip_is_told_by_its_own_title(self, browser: Client) -> None:
        asked = {"title": "the best", "begin": 6, "end": 18, "timeline": "source"}
        clip = owner(browser, "POST", f"{RECORDING}/clips", asked)
        url = share(browser, clip_id=clip["clip_id"])["page_url"]

        facts = told(opened(browser, url))
        assert (facts["og:title"], facts["playlist"]) == ("the best", "index.m3u8")
        assert played(browser, url + "index.m3u8") == files(1, 2)

    def test_what_a_streamer_writes_stays_text(self, browser: Client, world: World) -> None:
        title = '"><script>alert(1)</script>'
        world.ports.recordings.update("chzzk:c1:1001", {"title": title}, {})

        page = opened(browser, share(browser)["page_url"])
        assert "<script>alert" not in page.text
        assert told(page)["og:title"] == title

    def test_the_owner_s_own_link_leads_to_one_too(self, browser: Client) -> None:
        url = owner(browser, "GET", RECORDING)["playlist_url"].rpartition("/")[0] + "/"

        assert told(opened(browser, url))["og:title"] == "title"

    def test_a_revoked_link_says_so_to_people_and_tells_no_title(self, browser: Client) -> None:
        made = share(browser)
        owner(browser, "DELETE", f"{RECORDING}/shares/{made['share_id']}")
        page = opened(browser, made["page_url"])

        assert (page.status_code, page.mimetype) == (410, "text/html")
        assert told(page)["refusal"] == "gone"
        assert "<title>mntreamer</title>" in page.text
        assert "nickname" not in page.text

    def test_so_does_one_that_has_expired_and_one_of_what_was_deleted(self, browser: Client, world: World) -> None:
        end(world)
        url = share(browser)["page_url"]
        owner(browser, "DELETE", RECORDING)
        deleted = opened(browser, url)
        world.later(days=2)
        expired = opened(browser, url)

        assert (deleted.status_code, told(deleted)["refusal"]) == (404, "not_found")
        assert (expired.status_code, told(expired)["refusal"]) == (410, "gone")

    def test_a_program_is_told_why_as_ever(self, browser: Client) -> None:
        answer = opened(browser, "/play/x/", accept="application/json")

        assert answer.status_code == 401
        assert (answer.json or {})["error"]["code"] == "access_denied"


class TestTheSourcePlaylist:
    def test_has_what_is_cut_out_and_grows(self, browser: Client, world: World) -> None:
        owner(browser, "POST", f"{RECORDING}/cuts", {"begin": 6, "end": 18, "timeline": "source"})
        recording = owner(browser, "GET", RECORDING)
        before = played(browser, recording["source_url"])
        record(world, 10)

        assert before == files(*range(10))
        assert played(browser, recording["source_url"]) == files(*range(11))
        assert "#EXT-X-PLAYLIST-TYPE:EVENT" in opened(browser, recording["source_url"]).text
        assert name(1).file not in played(browser, recording["playlist_url"])

    def test_its_link_opens_what_is_cut_out(self, browser: Client) -> None:
        owner(browser, "POST", f"{RECORDING}/cuts", {"begin": 6, "end": 18, "timeline": "source"})
        url = owner(browser, "GET", RECORDING)["source_url"]

        assert opened(browser, url.replace("source.m3u8", f"segments/{name(1).file}")).status_code == 302

    def test_what_was_purged_is_a_gap(self, browser: Client, world: World) -> None:
        owner(browser, "POST", f"{RECORDING}/cuts", {"begin": 6, "end": 18, "timeline": "source"})
        end(world)
        url = owner(browser, "GET", RECORDING)["source_url"]
        owner(browser, "POST", f"{RECORDING}/confirm")
        purge_cuts(world.ports, "chzzk:c1:1001")

        assert played(browser, url) == files(0, *range(3, 10))
        assert opened(browser, url).text.count("#EXT-X-GAP") == 2

    def test_no_link_that_others_are_given_opens_it(self, browser: Client) -> None:
        clip = owner(
            browser, "POST", f"{RECORDING}/clips", {"title": "x", "begin": 6, "end": 18, "timeline": "source"}
        )
        for url in (share(browser)["page_url"], clip["playlist_url"].removesuffix("index.m3u8")):
            assert opened(browser, url + "source.m3u8").status_code == 404

    def test_there_is_none_of_what_was_deleted(self, browser: Client, world: World) -> None:
        end(world)
        url = owner(browser, "GET", RECORDING)["source_url"]
        owner(browser, "DELETE", RECORDING)

        assert owner(browser, "GET", RECORDING)["source_url"] is None
        assert opened(browser, url).status_code == 404
