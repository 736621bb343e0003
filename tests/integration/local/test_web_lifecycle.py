"""Confirming, stopping, deleting and restoring as a client of the one-machine server sees them."""

from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.refining.purge_recordings import purge_recordings
from tests.integration.local.test_web import LOCAL, Web, web
from tests.integration.usecases.conftest import World, world
from tests.integration.usecases.recorded import being_recorded, closed

__all__ = ["web", "world"]
ID = "chzzk:c1:1001"
PATH = f"/api/v1/recordings/{ID}"


def _post(client: Client, deed: str, **body: Any) -> TestResponse:
    return client.post(f"{PATH}/{deed}", base_url=LOCAL, **({"json": body} if body else {}))


def _delete(client: Client, query: str = "") -> TestResponse:
    return client.delete(PATH + query, base_url=LOCAL)


def _listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/api/v1/recordings{query}", base_url=LOCAL).json
    assert answer
    return [recording["recording_id"] for recording in answer["recordings"]]


def _state(answer: TestResponse) -> tuple[int, str]:
    assert answer.json
    return answer.status_code, answer.json["status"]


def test_what_is_refined_is_confirmed(web: Web, world: World) -> None:
    closed(world)
    client = web()

    for _ in range(2):
        assert _state(_post(client, "confirm")) == (200, "DONE")
    assert _listed(client, "?status=DONE") == [ID]


def test_what_is_being_made_is_stopped_and_soon_over(web: Web, world: World) -> None:
    being_recorded(world)
    client = web()

    answer = _post(client, "stop")

    assert _state(answer) == (202, "RECORDING")
    assert answer.json
    assert answer.json["stopped_at"]
    world.later(minutes=2)
    assert _state(_post(client, "stop")) == (200, "IDLE")


@pytest.mark.parametrize("state", [being_recorded, closed])
def test_what_is_deleted_is_in_no_list_and_cannot_be_played_until_it_is_restored(
    web: Web, world: World, state: Any
) -> None:
    state(world)
    client = web()
    got = client.get(PATH, base_url=LOCAL).json
    assert got
    played = got["playlist_url"].removeprefix(LOCAL)
    segment = client.get(played.rpartition("/")[0] + "/segments/000-0000000000-0000000002.ts", base_url=LOCAL)
    assert (client.get(played, base_url=LOCAL).status_code, segment.status_code) == (200, 302)

    answer = _delete(client)

    assert _state(answer) == (200, "TERMINATED")
    assert answer.json
    assert answer.json["purge_at"] == "2026-11-29T" + answer.json["deleted_at"][11:]
    assert _listed(client) == []
    assert _listed(client, "?status=TERMINATED") == [ID]
    assert client.get(played, base_url=LOCAL).status_code == 404
    assert client.get(segment.request.path, base_url=LOCAL).status_code == 404
    assert _state(client.get(PATH, base_url=LOCAL)) == (200, "TERMINATED")
    shown: Any = client.get(PATH, base_url=LOCAL).json
    assert shown["playlist_url"] is None

    assert _state(_post(client, "restore")) == (200, "IDLE")
    assert _listed(client) == [ID]
    over = client.get(played, base_url=LOCAL)
    assert (over.status_code, over.text.count(".ts")) == (200, 5)


def test_the_clips_that_go_with_it_are_named(web: Web, world: World) -> None:
    closed(world)
    client = web()
    made = _post(client, "clips", begin=0, end=12, title="the best").json
    assert made

    answer = _delete(client).json

    assert answer
    assert answer["clips"] == [{"clip_id": made["clip_id"], "title": "the best"}]


def test_with_purge_it_goes_at_the_next_sweep_and_the_row_stays(web: Web, world: World) -> None:
    closed(world)
    client = web()
    assert _state(_delete(client, "?purge=true")) == (200, "TERMINATED")
    purge_recordings(world.ports, 1000)

    assert _state(client.get(PATH, base_url=LOCAL)) == (200, "TERMINATED")
    assert list(world.ports.store.list_keys("media/")) == []
    refused = _post(client, "restore")
    assert refused.status_code == 409
    assert "for good" in refused.text


def test_what_is_cut_out_is_deleted_for_good_when_somebody_asks_for_it(web: Web, world: World) -> None:
    closed(world)
    client = web()
    assert _state(_post(client, "purge-cuts")) == (200, "IDLE")
    cut = _post(client, "cuts", begin=6, end=12).json
    assert cut

    assert _state(_post(client, "purge-cuts")) == (202, "IDLE")
    purge_recordings(world.ports, 1000)

    assert len(list(world.ports.store.list_keys(world.recording.prefix + "segments/"))) == 4
    undone = client.delete(f"{PATH}/cuts/{cut['cut_id']}", base_url=LOCAL)
    assert undone.status_code == 409


@pytest.mark.parametrize(
    ("status", "deeds"),
    [
        (RecordingStatus.RECORDING, ["confirm", "restore", "purge-cuts"]),
        (RecordingStatus.IDLE, ["stop"]),
        (RecordingStatus.DONE, ["stop"]),
        (RecordingStatus.TERMINATED, ["stop", "confirm", "purge-cuts"]),
        (RecordingStatus.FAILED, ["stop", "confirm", "purge-cuts"]),
    ],
)
def test_in_a_wrong_state_the_answer_names_the_state(
    web: Web, world: World, status: RecordingStatus, deeds: list[str]
) -> None:
    closed(world)
    world.ports.recordings.update(ID, {"status": status}, {})

    for deed in deeds:
        answer = _post(web(), deed)
        assert answer.status_code == 409
        assert answer.json
        assert answer.json["error"]["code"] == "wrong_state"
        assert status in answer.json["error"]["message"]


@pytest.mark.parametrize("deed", ["stop", "confirm", "restore", "purge-cuts"])
def test_what_is_not_there_is_not_found(web: Web, deed: str) -> None:
    assert _post(web(), deed).status_code == 404
    assert _delete(web()).status_code == 404


def test_the_token_is_asked_for(web: Web, world: World) -> None:
    closed(world)
    client = web(asks_token=True)

    assert [_post(client, "confirm").status_code, _delete(client).status_code] == [401, 401]
    assert world.recording.status is RecordingStatus.IDLE
