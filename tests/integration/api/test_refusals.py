"""What every route refuses: whoever has no token, and whatever cannot be meant."""

import json
from http import HTTPStatus
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from mntreamer.api.document.openapi import openapi_document
from mntreamer.api.wire.body import MAX_BODY_BYTES
from tests.integration.api.all_routes import GUARDED, OPEN, PATHS, ROUTES, filled
from tests.integration.local.refined import end, record
from tests.integration.local.test_web import LOCAL, TOKEN, Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
RECORDING_ID = "chzzk:c1:1001"
HERE = {"platform": "chzzk", "channel_id": "c1", "recording_id": RECORDING_ID}
WRONG = {
    "none": None,
    "another": b"Bearer wrong",
    "an empty one": b"Bearer ",
    "no scheme": TOKEN.encode(),
    "another scheme": f"Basic {TOKEN}".encode(),
    "a longer one": f"Bearer {TOKEN}x".encode(),
    "a shorter one": f"Bearer {TOKEN[:-1]}".encode(),
    "in capitals": f"Bearer {TOKEN.upper()}".encode(),
    "a list": f"Bearer {TOKEN}, Bearer {TOKEN}".encode(),
    "not ASCII": "Bearer 한글".encode(),
    "not UTF-8": b"Bearer \xff\xfe",
    "very long": b"Bearer " + b"x" * 8000,
    "two lines": f"Bearer\t{TOKEN}".encode(),
}
IDS = {
    "dots": "..",
    "a path": "..%2f..%2f..%2fetc%2fpasswd",
    "a path, twice encoded": "..%252f..%252fetc%252fpasswd",
    "a path of Windows": "..%5c..%5cwindows",
    "NUL": "a%00b",
    "lines": "a%0d%0aX-Injected:%20yes",
    "a line's end": f"{RECORDING_ID}%0a",
    "half a character": "%ff",
    "half of a pair": "%ed%a0%80",
    "an emoji": "%f0%9f%8e%ae",
    "a quote": "%27%20OR%201=1--",
    "very long": "x" * 5000,
    "a space": "%20",
    "a script": "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
}
VALUES = {
    "NaN": "NaN",
    "infinity": "-Infinity",
    "beyond a float": "1e999",
    "beyond 64 bits": "1" + "0" * 30,
    "four thousand digits": "1" * 4000,
    "too many digits": "1" * 10_000,
    "deep": "[" * 500 + "]" * 500,
    "too deep": "[" * 100_000 + "]" * 100_000,
    "half of a pair": '"\\ud800"',
    "NUL": '"a\\u0000b"',
    "lines": '"a\\r\\nX-Injected: yes"',
    "very long": '"' + "x" * 100_000 + '"',
    "an object": '{"a": {"b": []}}',
    "true": "true",
    "null": "null",
}
QUERIES = [
    "limit=NaN",
    "limit=1e3",
    "limit=-1",
    "limit=" + "9" * 30,
    "limit=",
    "cursor=%00",
    "cursor=%ff",
    "cursor=x",
    "cursor=" + "x" * 3000,
    "status=%0d%0a",
    "path=..%2f..",
    "path=%00",
    "path=%ff",
    "path=" + "x" * 250,
    "path=..",
    "purge=perhaps",
    "purge=true&purge=false",
    "%ff=%fe",
    "a" * 3000,
    "&&==&",
]


def body_of(method: str, path: str) -> Any:
    """What the document says of the body: its schema and an example; nothing where none is taken."""
    operation = openapi_document()["paths"][path][method.lower()]
    return operation.get("requestBody", {}).get("content", {}).get("application/json", {})


def fields_of(method: str, path: str) -> list[str]:
    name = body_of(method, path)["schema"]["$ref"].rpartition("/")[2]
    return list(openapi_document()["components"]["schemas"][name]["properties"])


TAKES_A_BODY = [(method, path) for method, path in ROUTES if body_of(method, path)]
FIELDS = [(method, path, field) for method, path in TAKES_A_BODY for field in fields_of(method, path)]


def ask(client: Client, method: str, path: str, token: bytes | None = None, **more: Any) -> TestResponse:
    headers = {"Authorization": token.decode("latin-1")} if token is not None else {}
    return client.open(path, method=method, base_url=LOCAL, headers=headers | more.pop("headers", {}), **more)


def let_in(client: Client, method: str, path: str, **more: Any) -> TestResponse:
    return ask(client, method, path, f"Bearer {TOKEN}".encode(), **more)


def is_refused(answer: TestResponse, *statuses: HTTPStatus) -> bool:
    """In the shape of all errors, and without what was smuggled in."""
    assert "X-Injected" not in answer.headers
    assert answer.status_code in statuses, answer.text
    error = (answer.json or {})["error"]
    return bool(error["code"] and error["message"])


def state(world: World) -> Any:
    """All that a request could have changed."""
    ports = world.ports
    return ports.monitors.get("chzzk:c1"), ports.recordings.get(RECORDING_ID), sorted(ports.store.list_keys("media/"))


@pytest.fixture
def client(web: Web, world: World) -> Client:
    """Asks for the token; there is a recording to refine."""
    record(world, 0, 1, 2)
    end(world)
    return web(asks_token=True)


class TestWithoutTheToken:
    @pytest.mark.parametrize(("method", "path"), GUARDED)
    def test_nothing_is_done_or_told(self, client: Client, world: World, method: str, path: str) -> None:
        before = state(world)
        for token in WRONG.values():
            for at in (filled(path, **HERE), filled(path)):
                answer = ask(client, method, at, token)
                assert is_refused(answer, HTTPStatus.UNAUTHORIZED)
                assert (answer.json or {})["error"]["code"] == "access_denied"
        assert state(world) == before

    @pytest.mark.parametrize("path", PATHS)
    def test_not_even_which_methods_and_paths_there_are(self, client: Client, path: str) -> None:
        if ("GET", path) not in OPEN:
            assert ask(client, "PUT", filled(path)).status_code == HTTPStatus.UNAUTHORIZED
            assert ask(client, "GET", f"{filled(path)}/more").status_code == HTTPStatus.UNAUTHORIZED
            assert ask(client, "HEAD", filled(path)).status_code == HTTPStatus.UNAUTHORIZED

    @pytest.mark.parametrize(("method", "path"), sorted(OPEN))
    def test_what_is_open_tells_nothing_of_what_is_kept(self, client: Client, method: str, path: str) -> None:
        answer = ask(client, method, filled(path, file="000-0000000000-0000000002.ts"), json={"token": "wrong"})
        assert "한글 nickname" not in answer.text
        assert RECORDING_ID not in answer.text

    @pytest.mark.parametrize("name", ["index.m3u8", "live.m3u8", "segments/000-0000000000-0000000002.ts"])
    def test_a_link_opens_one_recording_for_a_while(self, client: Client, world: World, name: str) -> None:
        url = (let_in(client, "GET", f"/api/v1/recordings/{RECORDING_ID}").json or {})["playlist_url"]
        token = url.split("/play/")[1].partition("/")[0]
        for damaged in ("x", token[:-2], "A" * len(token), f"{token}AAAA", token[::-1], "-" * 1000):
            assert is_refused(ask(client, "GET", f"/play/{damaged}/{name}"), HTTPStatus.UNAUTHORIZED)
        assert ask(client, "GET", f"/play/{token}/{name}").status_code < HTTPStatus.BAD_REQUEST
        world.later(days=2)
        assert ask(client, "GET", f"/play/{token}/{name}").status_code >= HTTPStatus.UNAUTHORIZED

    def test_a_link_is_no_token(self, client: Client) -> None:
        url = (let_in(client, "GET", f"/api/v1/recordings/{RECORDING_ID}").json or {})["playlist_url"]
        token = url.split("/play/")[1].partition("/")[0].encode()
        assert ask(client, "GET", "/api/v1/recordings", b"Bearer " + token).status_code == HTTPStatus.UNAUTHORIZED


class TestWithoutAsking:
    @pytest.mark.parametrize(("method", "path"), ROUTES)
    def test_other_sites_pages_are_refused(self, web: Web, method: str, path: str) -> None:
        for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
            if path.startswith("/play/") and "Origin" in headers:
                continue  # a recording is played on any page
            answer = web().open(filled(path), method=method, base_url=LOCAL, headers=headers)
            assert is_refused(answer, HTTPStatus.FORBIDDEN)


class TestMethods:
    @pytest.mark.parametrize("path", PATHS)
    def test_one_that_a_path_does_not_know_is_405_and_those_that_it_knows_are_told(
        self, client: Client, path: str
    ) -> None:
        known = {method for method, at in ROUTES if at == path}
        known |= {"HEAD"} if "GET" in known else set()
        for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"} - known:
            answer = let_in(client, method, filled(path, **HERE))
            assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED, method
            assert {*answer.headers["Allow"].split(", ")} == known
        assert is_refused(let_in(client, "PUT", filled(path, **HERE)), HTTPStatus.METHOD_NOT_ALLOWED)

    def test_a_path_that_leads_nowhere_is_404_for_all(self, client: Client) -> None:
        for method in ("GET", "PUT", "OPTIONS"):
            assert is_refused(let_in(client, method, "/api/v1/nothing"), HTTPStatus.NOT_FOUND)


class TestBodies:
    @pytest.mark.parametrize(("method", "path"), ROUTES)
    def test_one_that_is_too_large_is_not_read(self, client: Client, method: str, path: str) -> None:
        if method != "GET":
            body = b'{"a": "' + b"x" * MAX_BODY_BYTES + b'"}'
            answer = let_in(client, method, filled(path), data=body, content_type="application/json")
            assert is_refused(answer, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    @pytest.mark.parametrize(("method", "path"), TAKES_A_BODY)
    def test_it_must_be_json_and_say_so(self, client: Client, method: str, path: str) -> None:
        path = filled(path, **HERE)
        for kind in (
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "",
            "json",
        ):
            assert is_refused(let_in(client, method, path, data=b"{}", content_type=kind), HTTPStatus.BAD_REQUEST)
        for body in (
            b"{",
            b"\xff\xfe{}",
            b'{"a": "\xff"}',
            b"[" * 100_000,
            b"1" * 5000,
            b"{} {}",
            b"\x00",
            b"{'a': 1}",
        ):
            answer = let_in(client, method, path, data=body, content_type="application/json")
            assert is_refused(answer, HTTPStatus.UNPROCESSABLE_ENTITY)
        for body in (b"", b"[]", b"null", b"1", b'"a"', b"true", b"NaN"):
            answer = let_in(client, method, path, data=body, content_type="application/json")
            assert is_refused(answer, HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)

    def test_it_must_be_utf_8(self, client: Client) -> None:
        path = f"/api/v1/recordings/{RECORDING_ID}/markers"
        for body in (b'{"at": 0, "label": "\xff"}', b'{"at": 0, "label": "\xed\xa0\x80"}', "{}".encode("utf-16")):
            answer = let_in(client, "POST", path, data=body, content_type="application/json")
            assert is_refused(answer, HTTPStatus.UNPROCESSABLE_ENTITY)
        assert (let_in(client, "GET", path).json or {})["markers"] == []

    @pytest.mark.parametrize(("method", "path", "field"), FIELDS)
    def test_no_value_of_a_field_breaks_it(self, client: Client, method: str, path: str, field: str) -> None:
        example = body_of(method, path)["example"]
        for value in VALUES.values():
            others = ", ".join(f"{json.dumps(key)}: {json.dumps(example[key])}" for key in {*example} - {field})
            body = f'{{"{field}": {value}{", " if others else ""}{others}}}'
            answer = let_in(client, method, filled(path, **HERE), data=body, content_type="application/json")
            assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, value[:50]
            assert "X-Injected" not in answer.headers


class TestPathsQueriesAndHeaders:
    @pytest.mark.parametrize(("method", "path"), [route for route in ROUTES if "{" in route[1]])
    def test_an_id_that_is_none_finds_nothing(self, client: Client, world: World, method: str, path: str) -> None:
        before = state(world)
        body = body_of(method, path).get("example")
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        for name in names:
            for id_ in IDS.values():
                answer = let_in(client, method, filled(path, **HERE | {name: id_}), json=body)
                assert is_refused(
                    answer, HTTPStatus.NOT_FOUND, HTTPStatus.UNAUTHORIZED, HTTPStatus.METHOD_NOT_ALLOWED
                )
                assert "root:" not in answer.text
        assert state(world) == before

    @pytest.mark.parametrize("path", ["/api/v1/recordings", "/api/v1/library", "/api/v1/streamers", "/api/v1/health"])
    def test_no_query_breaks_it(self, client: Client, path: str) -> None:
        for query in QUERIES:
            answer = let_in(client, "GET", f"{path}?{query}")
            assert answer.status_code in (HTTPStatus.OK, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY), query
        for query in QUERIES:
            assert let_in(client, "DELETE", f"/api/v1/recordings/nothing?{query}").status_code < 500

    @pytest.mark.parametrize("key", ["", "x" * 256, "\t", "a\x7f"])
    def test_what_can_be_no_key_is_refused(self, client: Client, key: str) -> None:
        headers = {"Idempotency-Key": key}
        for path, body in (("cuts", {"begin": 0, "end": 6}), ("markers", {"at": 0, "label": "a"})):
            answer = let_in(client, "POST", f"/api/v1/recordings/{RECORDING_ID}/{path}", json=body, headers=headers)
            assert is_refused(answer, HTTPStatus.UNPROCESSABLE_ENTITY)

    @pytest.mark.parametrize(
        "host", ["evil.example\r\nX-Injected: yes", "a b", "[::1", "x" * 3000, "evil.example/<>", ""]
    )
    def test_a_host_that_is_none_leads_nowhere(self, client: Client, host: str) -> None:
        answer = client.get(
            "/api/v1/recordings",
            base_url=LOCAL,
            headers={"Authorization": f"Bearer {TOKEN}"},
            environ_overrides={"HTTP_HOST": host},
        )
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        assert "X-Injected" not in answer.headers
