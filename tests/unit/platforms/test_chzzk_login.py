"""A login in JSON: read where it is one, and never shown, whatever else it is."""

import json
from datetime import UTC, datetime

import pytest

from mntreamer.domain.errors import BadInput
from mntreamer.platforms.chzzk_login import login_in

RENEWED_AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
COOKIES = {"NID_AUT": "invented+aut/1==", "NID_SES": "invented-ses"}


@pytest.mark.parametrize("text", [json.dumps(COOKIES), json.dumps(COOKIES | {"note": 1}).encode("utf-8-sig")])
def test_both_cookies_become_one_header(text: str | bytes) -> None:
    login = login_in(text, "the drawer", RENEWED_AT)
    assert login.cookie() == "NID_AUT=invented+aut/1==; NID_SES=invented-ses"
    assert (login.kept_in, login.renewed_at) == ("the drawer", RENEWED_AT)


def test_a_login_does_not_show() -> None:
    login = login_in(json.dumps(COOKIES), "the drawer", RENEWED_AT)
    assert "invented" not in f"{login} {login!r} {[login]}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NID_AUT=invented; NID_SES=invented",
        '{"NID_AUT": "invented"',
        b"\xff\xfe\xfainvented",
        "[" * 100_000,
        '["invented"]',
        '"invented"',
        "null",
        "{}",
        '{"NID_AUT": "invented"}',
        '{"NID_AUT": "invented", "NID_SES": ""}',
        '{"NID_AUT": "invented", "NID_SES": null}',
        '{"NID_AUT": "invented", "NID_SES": 5}',
        '{"NID_AUT": "invented", "NID_SES": "invented; Domain=example.org"}',
        '{"NID_AUT": "invented", "NID_SES": "invented\\r\\nX-Invented: 1"}',
        '{"NID_AUT": "invented", "NID_SES": "invented\\n"}',
        '{"NID_AUT": "invented", "NID_SES": "지어낸invented"}',
    ],
)
def test_what_is_no_login_is_refused_without_quoting_it(text: str | bytes) -> None:
    with pytest.raises(BadInput, match=r"the drawer.*\{\"NID_AUT\": \"…\", \"NID_SES\": \"…\"\}") as raised:
        login_in(text, "the drawer", RENEWED_AT)
    assert "invented" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
