"""The playback URL is resolved anew when it has to be; a redirect leads only to where one may go."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.monitors.probe import Playback
from mntreamer.public_http.session import public_session
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.source.feed import Feed
from tests.integration.loopback_server import Reply
from tests.integration.recorder.conftest import QUICK, Studio
from tests.integration.recorder.origin import Origin, OriginPlatform
from tests.integration.recorder.test_record import ALL

DENIALS = [401, 403, 404, 410]


class CuringPlatform(OriginPlatform):
    """Every URL but the first leads to a source without faults."""

    def playback(self, channel_id: str) -> Playback:
        if self.origin.token:
            self.origin.faults.clear()
        return super().playback(channel_id)


@dataclass
class SigningPlatform(OriginPlatform):
    """Its URLs say when they expire."""

    expires_in_s: int = 0

    def playback(self, channel_id: str) -> Playback:
        playback = super().playback(channel_id)
        expiry = utc_now() + timedelta(seconds=self.expires_in_s)
        return replace(playback, url=f"{playback.url}?hdnts=st=1~exp={int(expiry.timestamp())}~hmac=0")


def _on(platform: OriginPlatform, studio: Studio) -> Studio:
    return replace(studio, platform=platform, ports=replace(studio.ports, platforms={platform.name: platform}))


@pytest.mark.parametrize("name", ["media.m3u8", "4.m4v"])
@pytest.mark.parametrize("status", DENIALS)
def test_a_denial_of_the_playlist_or_of_a_segment_leads_to_another_url(
    studio: Studio, origin: Origin, name: str, status: int
) -> None:
    def deny(source: Origin) -> None:
        source.hold = source.listed == 7 and source.token == 1
        if source.listed == 6:
            source.faults[name] = [Reply(b"denied", status)] * 10_000

    origin.faults["4.m4v"] = [Reply(b"denied", status)] * 10_000 if name == "4.m4v" else []
    origin.on_look = deny

    assert _on(CuringPlatform(origin), studio).record() is Ending.OVER

    assert studio.ranges == ALL
    assert origin.token >= 2


@pytest.mark.parametrize(("expires_in_s", "urls"), [(59, 2), (3600, 1)])
def test_a_url_is_renewed_before_it_expires(origin: Origin, expires_in_s: int, urls: int) -> None:
    platform = SigningPlatform(origin, expires_in_s=expires_in_s)
    pace = replace(QUICK, resolve_every_s=0.0, renew_url_before_s=60.0)
    with public_session(frozenset({"127.0.0.1"})) as session:
        feed = Feed(session, platform, "c1", None, utc_now, pace)
        assert feed.poll()
        assert feed.poll()
        while origin.token < urls:
            assert feed.poll()

    assert origin.token == urls


def test_a_redirect_to_another_path_is_followed_with_all_that_is_relative_to_it(
    studio: Studio, origin: Origin
) -> None:
    elsewhere = Reply(b"", 302, {"Location": "/77/media.m3u8"})
    origin.on_look = lambda source: source.faults.setdefault("media.m3u8", [elsewhere])

    studio.record()

    assert studio.ranges == ALL
    assert "/77/0.m4v" in origin.paths_seen()


def test_a_playlist_that_leads_to_a_forbidden_address_is_not_followed_and_costs_nothing(
    studio: Studio, origin: Origin
) -> None:
    inside = Reply(b"", 302, {"Location": f"http://localhost:{origin.server_port}/1/secret"})
    origin.faults["media.m3u8"] = [inside] * 3

    studio.record()

    assert studio.ranges == ALL


def test_a_source_that_stays_away_is_told_once_and_not_at_each_look(
    origin: Origin, caplog: pytest.LogCaptureFixture
) -> None:
    origin.faults["media.m3u8"] = [Reply(b"busy", 503)] * 100
    with public_session(frozenset({"127.0.0.1"})) as session:
        feed = Feed(session, OriginPlatform(origin), "c1", None, utc_now, QUICK)
        for _ in range(20):
            assert feed.poll() is None

    assert caplog.text.count("the source cannot be read") == 1


def test_while_a_source_leads_to_a_forbidden_address_that_is_told(origin: Origin) -> None:
    origin.faults["media.m3u8"] = [Reply(b"", 302, {"Location": f"http://localhost:{origin.server_port}/1/secret"})]
    with public_session(frozenset({"127.0.0.1"})) as session:
        feed = Feed(session, OriginPlatform(origin), "c1", None, utc_now, QUICK)
        assert feed.poll() is None

    assert "localhost is at 127.0.0.1, which is not a public address" in (feed.trouble or "")
    assert "secret" not in (feed.trouble or "")
