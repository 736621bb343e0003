"""Logging in, as a browser does it: the token is exchanged for a cookie."""

from itertools import count

import pytest
from werkzeug.test import Client, TestResponse

from mntreamer.domain.guessing import AT_ONCE
from tests.integration.local.refined import LOCAL
from tests.integration.local.test_web import TOKEN, Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
SESSION = "/api/v1/session"
STREAMERS = "/api/v1/streamers"
NAS = "https://nas.example"
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def client(web: Web) -> Client:
    """Of a server that asks for the token."""
    return web(asks_token=True)


def _log_in(client: Client, token: str = TOKEN, base_url: str = LOCAL, address: str = "127.0.0.1") -> TestResponse:
    return client.post(SESSION, base_url=base_url, json={"token": token}, environ_overrides={"REMOTE_ADDR": address})


def _status(client: Client, method: str = "GET", path: str = STREAMERS, **headers: str) -> int:
    body = {"platform": "nowhere", "nickname": "a"} if method == "POST" else None
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    from_here = {"REMOTE_ADDR": "127.0.0.1"}
    answer = client.open(path, method=method, base_url=LOCAL, json=body, headers=named, environ_overrides=from_here)
    return answer.status_code


def _sending_just(client: Client) -> Client:
    """What a test says, and no cookies of its own."""
    return Client(client.application, use_cookies=False)


class TestLoggingIn:
    def test_the_token_opens_a_session_that_opens_everything_until_it_ends(
        self, client: Client, world: World
    ) -> None:
        assert client.get(SESSION, base_url=LOCAL).json == {"is_valid": False, "expires_at": None}
        assert _status(client) == 401

        begun = _log_in(client)

        assert begun.status_code == 201
        assert begun.json == {"is_valid": True, "expires_at": "2026-12-22T03:00:00.000Z"}
        assert _status(client) == 200
        assert client.get(SESSION, base_url=LOCAL).json == begun.json
        world.later(days=31)
        assert _status(client) == 401
        assert client.get(SESSION, base_url=LOCAL).json == {"is_valid": False, "expires_at": None}

    def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_http(self, client: Client) -> None:
        named, *facts = _log_in(client, base_url=NAS).headers["Set-Cookie"].split("; ")

        assert named.startswith("__Host-mntreamer=")
        assert set(facts) == {"Path=/", "Max-Age=2592000", "HttpOnly", "Secure", "SameSite=Strict"}
        assert client.get(STREAMERS, base_url=NAS).status_code == 200

    def test_on_plain_http_it_has_no_prefix_which_only_tls_allows(self, client: Client) -> None:
        named, *facts = _log_in(client).headers["Set-Cookie"].split("; ")

        assert named.startswith("mntreamer=")
        assert set(facts) == {"Path=/", "Max-Age=2592000", "HttpOnly", "SameSite=Strict"}

    def test_nobody_finds_the_token_in_the_cookie(self, client: Client) -> None:
        assert TOKEN not in _log_in(client).headers["Set-Cookie"]

    @pytest.mark.parametrize("token", ["wrong", TOKEN + "x", TOKEN.upper(), "한글", "\udc00x"])
    def test_another_token_opens_nothing(self, client: Client, token: str) -> None:
        answer = _log_in(client, token)

        assert answer.status_code in {401, 422}
        assert "Set-Cookie" not in answer.headers
        assert token not in answer.text
        assert _status(client) == 401

    @pytest.mark.parametrize("body", [{}, {"token": ""}, {"token": 5}, {"token": "x" * 1001}, {"more": 1}, [], "x"])
    def test_what_is_no_login_is_refused(self, client: Client, body: object) -> None:
        assert client.post(SESSION, base_url=LOCAL, json=body).status_code == 422

    def test_another_site_s_form_logs_nobody_in(self, client: Client) -> None:
        assert client.post(SESSION, base_url=LOCAL, data={"token": TOKEN}).status_code == 400

    def test_logging_out_makes_the_browser_forget_it(self, client: Client) -> None:
        _log_in(client)
        assert client.get_cookie("mntreamer", "127.0.0.1")

        assert client.delete(SESSION, base_url=LOCAL).status_code == 204

        assert client.get_cookie("mntreamer", "127.0.0.1") is None
        assert _status(client) == 401
        assert client.delete(SESSION, base_url=LOCAL).status_code == 204

    def test_programs_go_on_sending_the_token(self, client: Client) -> None:
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        assert _status(client, "POST", **bearer) == 404  # let in, and there is no such platform
        told = client.get(SESSION, base_url=LOCAL, headers=bearer).json
        assert told == {"is_valid": True, "expires_at": None}

    def test_where_no_token_is_asked_for_nobody_needs_to_log_in(self, web: Web) -> None:
        assert web().get(SESSION, base_url=LOCAL).json == {"is_valid": True, "expires_at": None}


class TestOtherPages:
    @pytest.fixture(autouse=True)
    def logged_in(self, client: Client) -> None:
        _log_in(client)

    @pytest.mark.parametrize("headers", [OWN_PAGE, {"Origin": LOCAL}])
    def test_our_own_page_changes_things(self, client: Client, headers: dict[str, str]) -> None:
        assert _status(client, "POST", **headers) == 404  # let in, and there is no such platform
        assert _status(client, "DELETE", f"{STREAMERS}/chzzk/x", **headers) == 404

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Origin": "http://127.0.0.1:3000"},
            {"Sec-Fetch-Site": "same-site", "Origin": LOCAL},
            {"Origin": "null"},
        ],
    )
    def test_the_page_of_another_port_or_site_does_not(self, client: Client, headers: dict[str, str]) -> None:
        for method in ("POST", "PATCH", "DELETE"):
            assert _status(client, method, f"{STREAMERS}/chzzk/x", **headers) == 403

    @pytest.mark.parametrize(
        "cookie", ["mntreamer=", "mntreamer=x", "mntreamer", "other=1; =; ;", "__Host-mntreamer=x"]
    )
    def test_a_cookie_that_we_did_not_make_opens_nothing(self, client: Client, cookie: str) -> None:
        assert _status(_sending_just(client), Cookie=cookie) == 401

    def test_ours_is_found_among_others(self, client: Client) -> None:
        ours = client.get_cookie("mntreamer", "127.0.0.1")
        assert ours
        cookies = f"a=1; mntreamer=thrown-in; mntreamer={ours.value}; b=2"
        assert _status(_sending_just(client), Cookie=cookies) == 200

    def test_a_wrong_token_is_not_made_good_by_it(self, client: Client) -> None:
        assert _status(client, Authorization="Bearer wrong") == 401


class TestGuessing:
    def _guess_until_slowed(self, client: Client, address: str) -> TestResponse:
        for number in count():
            answer = _log_in(client, f"guess {number}", address=address)
            if answer.status_code != 401:
                assert number == AT_ONCE
                return answer
        raise AssertionError

    def test_whoever_guesses_has_to_wait_and_the_owner_elsewhere_does_not(self, client: Client, world: World) -> None:
        slowed = self._guess_until_slowed(client, "203.0.113.7")

        assert (slowed.status_code, slowed.headers["Retry-After"]) == (429, "10")
        assert _log_in(client, address="203.0.113.7").status_code == 429
        assert _log_in(client, address="198.51.100.1").status_code == 201
        world.later(minutes=1)
        assert _log_in(client, address="203.0.113.7").status_code == 201

    def test_another_address_of_the_same_host_waits_with_it(self, client: Client) -> None:
        self._guess_until_slowed(client, "2001:db8::1")

        assert _log_in(client, address="2001:db8::ffff:2").status_code == 429
        assert _log_in(client, address="2001:db8:0:1::1").status_code == 201

    def test_those_who_come_from_ipv4_to_ipv6_are_not_one_host(self, client: Client) -> None:
        self._guess_until_slowed(client, "::ffff:203.0.113.7")

        assert _log_in(client, address="::ffff:198.51.100.1").status_code == 201

    def test_sessions_go_on_and_the_header_waits_too(self, client: Client) -> None:
        _log_in(client)
        self._guess_until_slowed(client, "127.0.0.1")

        assert _status(client) == 200
        assert _status(client, Authorization=f"Bearer {TOKEN}") == 429

    def test_a_program_with_an_old_token_keeps_nobody_out(self, client: Client) -> None:
        assert {_status(client, Authorization="Bearer old") for _ in range(2 * AT_ONCE)} == {401}
        assert _log_in(client).status_code == 201
