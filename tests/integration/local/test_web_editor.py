"""What an editor page is told in one call, and the playlist for those who watch while it is recorded."""

from typing import Any

from werkzeug.test import Client

from mntreamer.domain.monitors.topic import topic_of
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.refining.edits_file import parse_edits, render_edits
from mntreamer.domain.times import to_iso
from mntreamer.usecases.recordings.stored.ledger import Ledger
from tests.contract.records import NOON, minutes
from tests.integration.local.refined import LOCAL, RECORDING, call, end, files, played, record
from tests.integration.local.test_web import Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
TOLD = ("target_duration_s", "source_duration_s", "published_duration_s", "cuts", "markers", "clips", "missing")


def _told(client: Client) -> dict[str, Any]:
    recording = call(client, "GET", RECORDING)
    return {name: recording[name] for name in TOLD}


def _lose(world: World, sequence: int) -> None:
    ledger = Ledger(world.ports.store, world.recording)
    ledger.note([Loss(0, sequence, Cause.DAMAGED, "no picture", NOON, 2.0)])
    ledger.write(world.recording, ())


class TestTheEditorsCall:
    def test_tells_all_that_is_on_both_timelines(self, web: Web, world: World) -> None:
        record(world, 0, 1, 2, 3, 5, 6, 7, 8)
        _lose(world, 12)
        end(world)
        client = web()
        call(client, "POST", f"{RECORDING}/cuts", {"begin": 6, "end": 18})
        call(client, "POST", f"{RECORDING}/markers", {"at": 13, "label": "goal"})
        call(client, "POST", f"{RECORDING}/clips", {"begin": 6, "end": 18, "title": "The goal"})

        told = _told(client)

        assert told["target_duration_s"] == 6
        assert (told["source_duration_s"], told["published_duration_s"]) == (48.0, 36.0)
        [cut], [marker], [clip] = told["cuts"], told["markers"], told["clips"]
        assert (cut["source"], cut["published"]) == ({"begin": 6.0, "end": 18.0}, {"begin": 6.0, "end": 6.0})
        assert (marker["label"], marker["source"], marker["published"]) == ("goal", 25.0, 13.0)
        assert (clip["source"], clip["published"]) == ({"begin": 18.0, "end": 30.0}, {"begin": 6.0, "end": 18.0})
        assert played(client, clip["playlist_url"]) == files(3, 5)
        assert [(gap["source"], gap["published"], gap["cause"]) for gap in told["missing"]] == [
            (24.0, 12.0, "damaged"),
            (24.0, 12.0, "unseen"),
        ]

    def test_tells_what_it_was_about_and_from_when_on(self, web: Web, world: World) -> None:
        record(world, 0, 1, 2, 3)
        opened, title = world.recording.opened_at, 'now "this"\n🎮'
        ledger = Ledger(world.ports.store, world.recording)
        ledger.note_topic(topic_of(title, "game"), NOON + minutes(13 / 60))
        ledger.note_topic(topic_of("later", ""), NOON + minutes(30))
        ledger.note([Loss(0, 99, Cause.DAMAGED, "no picture", NOON, 2.0)])
        ledger.write(world.recording, ())
        client = web()
        call(client, "POST", f"{RECORDING}/cuts", {"begin": 0, "end": 6})
        end(world)

        told = call(client, "GET", RECORDING)["chapters"]

        begin = {"at": to_iso(opened), "title": world.recording.title, "category": world.recording.category}
        there = {"at": to_iso(NOON + minutes(13 / 60)), "title": 'now "this" 🎮', "category": "game"}
        after = {"at": to_iso(NOON + minutes(30)), "title": "later", "category": ""}
        assert told == [
            begin | {"source": 0.0, "published": 0.0},
            there | {"source": 13.0, "published": 7.0},
            after | {"source": None, "published": None},
        ]

    def test_tells_nothing_while_nothing_is_stored(self, web: Web, world: World) -> None:
        world.goes_live()
        world.tick()
        assert _told(web()) == {
            "target_duration_s": None,
            "source_duration_s": 0.0,
            "published_duration_s": 0.0,
            "cuts": [],
            "markers": [],
            "clips": [],
            "missing": [],
        }
        _lose(world, 12)
        [gap] = _told(web())["missing"]
        assert (gap["first"], gap["source"], gap["published"]) == (12, None, None)

    def test_a_list_reads_nothing_but_rows(self, web: Web, world: World) -> None:
        record(world, 0)
        [listed] = call(web(), "GET", "/api/v1/recordings")["recordings"]
        assert not {"cuts", "clips", "target_duration_s"} & listed.keys()


class TestLive:
    def test_who_watches_while_it_is_recorded_keeps_each_segment(self, web: Web, world: World) -> None:
        record(world, 0, 1, 2)
        client = web()
        url = call(client, "GET", RECORDING)["playlist_url"]
        assert url.endswith("/live.m3u8")
        assert played(client, url) == files(0, 1, 2)

        call(client, "POST", f"{RECORDING}/cuts", {"begin": 6, "end": 12})
        record(world, 3)
        assert played(client, url) == files(0, 2, 3)
        end(world)

        text = client.get(url.removeprefix(LOCAL), base_url=LOCAL).text
        assert text.count("#EXTINF") == 4
        assert "#EXT-X-PLAYLIST-TYPE:EVENT\n" in text
        assert text.endswith("#EXT-X-ENDLIST\n")
        after = call(client, "GET", RECORDING)["playlist_url"]
        assert after.endswith("/index.m3u8")
        assert played(client, after) == files(0, 2, 3)
        assert client.get(after.removeprefix(LOCAL), base_url=LOCAL).text.count("#EXTINF") == 3

    def test_is_asked_for_as_any_playlist_is(self, web: Web, world: World) -> None:
        world.goes_live()
        world.tick()
        client = web()
        path = call(client, "GET", RECORDING)["playlist_url"].removeprefix(LOCAL)
        assert client.get(path, base_url=LOCAL).status_code == 404
        record(world, 0)
        answer, head = client.get(path, base_url=LOCAL), client.head(path, base_url=LOCAL)
        assert (head.status_code, head.data, dict(head.headers)) == (200, b"", dict(answer.headers))
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Content-Type"].startswith("application/vnd.apple.mpegurl")
        assert answer.headers["Cache-Control"] == "no-cache"
        world.later(days=2)
        assert client.get(path, base_url=LOCAL).status_code == 410

    def test_what_is_withdrawn_is_not_played(self, web: Web, world: World) -> None:
        record(world, 0)
        client = web()
        path = call(client, "GET", RECORDING)["playlist_url"].removeprefix(LOCAL)
        call(client, "POST", f"{RECORDING}/markers", {"at": 0, "label": "first"})
        key = f"{world.recording.prefix}edits.json"
        stored = world.ports.store.get(key)
        assert stored
        text = render_edits(parse_edits(stored.body)).replace('"withdrawn": false', '"withdrawn": true')
        world.ports.store.put(key, text.encode(), "application/json", stored.version)

        assert client.get(path, base_url=LOCAL).status_code == 404
        assert client.get(path.replace("live", "index"), base_url=LOCAL).status_code == 404


def test_the_segments_begin_when_they_are_said_to(web: Web, world: World) -> None:
    """Of a clip, too: its dates are the recording's."""
    record(world, 0, 1, 2)
    client = web()
    clip = call(client, "POST", f"{RECORDING}/clips", {"begin": 6, "end": 12, "title": "middle"})
    text = client.get(clip["playlist_url"].removeprefix(LOCAL), base_url=LOCAL).text
    assert f"{(NOON + minutes(0.1)).isoformat(timespec='milliseconds')[:23]}Z" in text
