"""The commands about markers, clips and shares, as the person at the keyboard sees them."""

import json

import pytest
import requests

from tests.integration.local.test_cli import Run, _api, run
from tests.integration.usecases.conftest import World, world
from tests.integration.usecases.recorded import closed

__all__ = ["_api", "run", "world"]


@pytest.fixture(autouse=True)
def _recorded(world: World, _api: None) -> None:
    """Half a minute, to refine."""
    closed(world)


def _playable(url: str) -> int:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=5).status_code


class TestMarkers:
    def test_are_set_shown_and_taken_away(self, run: Run) -> None:
        titles, facts = run("mark", "1001", "0:00:20.5", "골 goal").out.splitlines()
        marker_id = facts.split()[-1]

        assert titles.split() == ["played", "at", "source", "label", "marker"]
        assert facts.startswith("0:00:20.5  0:00:20.5  골 goal  ")
        assert run("markers", "1001").out.splitlines() == [titles, facts]
        assert run("unmark", "1001", marker_id) == (0, f"marker {marker_id} is gone\n", "")
        assert run("markers", "1001").out == "nothing is marked\n"
        assert run("unmark", "1001", marker_id).code == 4

    def test_in_what_is_cut_out_it_is_played_nowhere(self, run: Run) -> None:
        run("mark", "1001", "8", "goal")
        run("mark", "1001", "20", "later")
        run("cut", "1001", "6", "12")

        _, first, later = run("markers", "1001").out.splitlines()
        assert first.startswith("cut out    0:00:08.0  goal  ")
        assert later.startswith("0:00:14.0  0:00:20.0  later  ")
        run("mark", "1001", "8", "source", "--timeline", "source")
        assert len(json.loads(run("markers", "1001", "--json").out)["markers"]) == 3

    @pytest.mark.parametrize("time", ["soon", "-5", "1:2:3:4"])
    def test_what_is_no_time_is_wrong_usage(self, run: Run, time: str) -> None:
        assert run("mark", "1001", time, "goal").code == 2


class TestClips:
    def test_are_made_shown_and_deleted(self, run: Run) -> None:
        titles, facts, url = run("clip", "1001", "6", "0:17", "the\tgoal").out.splitlines()
        clip_id = facts.split()[-1]

        assert titles.split() == ["title", "length", "of", "the", "source", "clip"]
        assert facts.startswith("the goal  0:00:12.0  0:00:06.0 to 0:00:18.0  ")
        assert _playable(url.strip()) == 200
        [clip] = json.loads(run("clips", "1001", "--json").out)["clips"]
        assert (clip["clip_id"], clip["duration_s"]) == (clip_id, 12.0)
        assert run("unclip", "1001", clip_id, "--json") == (0, f'{{"clip_id": "{clip_id}"}}\n', "")
        assert run("clips", "1001").out == "there are no clips\n"

    def test_what_the_server_refuses_is_said(self, run: Run) -> None:
        refused = run("clip", "1001", "6", "6:00:00", "goal")

        assert (refused.code, refused.out) == (1, "")
        assert "beyond the end" in refused.err


class TestShares:
    def test_a_link_opens_until_it_is_revoked(self, run: Run) -> None:
        _, facts, url = run("share", "1001", "--for", "12h").out.splitlines()
        share_id = facts.split()[0]

        assert facts.split()[1:4] == ["all", "of", "it"]
        assert _playable(url.strip()) == 200
        assert share_id in run("shares", "1001").out
        assert run("unshare", "1001", share_id) == (0, f"share {share_id} is revoked\n", "")
        assert _playable(url.strip()) == 410
        assert run("shares", "1001").out == "nothing is shared\n"

    def test_of_a_clip_alone(self, run: Run) -> None:
        clip_id = json.loads(run("clip", "1001", "6", "18", "goal", "--json").out)["clip_id"]

        made = json.loads(run("share", "1001", "--clip", clip_id, "--json").out)

        assert made["clip_id"] == clip_id
        assert _playable(made["url"]) == 200
        assert run("share", "1001", "--clip", "none").code == 4
        assert run("share", "1001", "--clip", "").code == 2

    @pytest.mark.parametrize(
        ("lasting", "made_at", "expires_at"),
        [("90m", "04:00", "22T05:30"), ("12h", "04:00", "22T16:00"), ("2d", "04:00", "24T04:00")],
    )
    def test_for_as_long_as_was_said(self, run: Run, lasting: str, made_at: str, expires_at: str) -> None:
        made = json.loads(run("share", "1001", "--for", lasting, "--json").out)

        assert made_at in made["made_at"]
        assert made["expires_at"].startswith(f"2026-11-{expires_at}")

    @pytest.mark.parametrize("lasting", ["", "7", "d", "1.5h", "-1h", "1y"])
    def test_what_is_no_lifetime_is_wrong_usage(self, run: Run, lasting: str) -> None:
        assert run("share", "1001", "--for", lasting).code == 2
