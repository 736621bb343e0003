"""What browsers are told not to do with our answers, whichever answer it is."""

import pytest
from werkzeug.test import Client, TestResponse

from tests.integration.local.refined import LOCAL, RECORDING, call, end, name, record
from tests.integration.local.test_web import TOKEN, Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]


@pytest.fixture
def client(web: Web, world: World) -> Client:
    record(world, 0)
    end(world)
    return web()


def _get(client: Client, path: str, **headers: str) -> TestResponse:
    return client.get(path.removeprefix(LOCAL), base_url=LOCAL, headers=headers)


def _is_guarded(answer: TestResponse) -> bool:
    policy = answer.headers["Content-Security-Policy"]
    return (
        "frame-ancestors 'none'" in policy
        and "default-src 'self'" in policy
        and "unsafe" not in policy
        and answer.headers["X-Content-Type-Options"] == "nosniff"
        and answer.headers["Referrer-Policy"] == "same-origin"
        and answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/health", 200),
        ("/api/v1/session", 200),
        ("/api/v1/recordings", 200),
        (RECORDING, 200),
        ("/api/v1/recordings?limit=0", 422),
        ("/api/v1/recordings/x", 404),
        ("/play/x/index.m3u8", 401),
        ("/nothing", 404),
        ("/metrics", 200),
        ("/files/x.ts", 403),
        ("/files/..%2f..%2ftoken", 404),
    ],
)
def test_every_answer_is_guarded_and_kept_by_nobody(client: Client, path: str, status: int) -> None:
    answer = _get(client, path)

    assert answer.status_code == status
    assert _is_guarded(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_so_is_what_is_refused_before_any_route(client: Client, web: Web) -> None:
    foreign = _get(client, "/api/v1/recordings", Host="evil.example")
    too_large = client.post("/api/v1/streamers", base_url=LOCAL, data=b"x" * 2_000_000)
    unknown = _get(web(asks_token=True), "/api/v1/recordings", Authorization="Bearer wrong")

    for answer, status in ((foreign, 403), (too_large, 413), (unknown, 401)):
        assert answer.status_code == status
        assert _is_guarded(answer)
        assert answer.headers["Cache-Control"] == "no-store"
    assert unknown.headers["WWW-Authenticate"] == "Bearer"


def test_what_is_not_expected_is_guarded_too(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(world.ports.recordings, "get", fail)
    monkeypatch.setattr(world.ports.store, "path", fail)
    for path in (RECORDING, "/files/media/a/index.m3u8"):
        answer = _get(client, path)
        assert answer.status_code == 500
        assert _is_guarded(answer)


def test_what_is_playable_keeps_how_long_it_may_be_kept(client: Client) -> None:
    url = call(client, "GET", RECORDING)["playlist_url"]
    playlist = _get(client, url)
    segment = _get(client, url.replace("index.m3u8", f"segments/{name(0).file}"))
    file = _get(client, segment.headers["Location"])

    assert playlist.headers["Cache-Control"] == "no-cache"
    assert segment.headers["Cache-Control"] == "private, max-age=60"
    assert (file.status_code, file.headers["Cache-Control"]) == (200, "no-cache")
    assert all(map(_is_guarded, (playlist, segment, file)))


def test_what_the_client_sends_begins_no_header_of_the_answer(client: Client, web: Web) -> None:
    login = {"token": f"{TOKEN}\r\nX-Evil: 1"}
    answers = [
        _get(client, "/play/x%0d%0aX-Evil:%201/index.m3u8"),
        _get(client, "/api/v1/recordings/x%0d%0aX-Evil:%201"),
        web(asks_token=True).post("/api/v1/session", base_url=LOCAL, json=login),
    ]
    assert not any("X-Evil" in answer.headers for answer in answers)
    assert answers[-1].status_code == 401
