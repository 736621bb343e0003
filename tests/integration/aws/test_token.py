"""The API's token is a secret that people replace: the old one, and all that was signed with it, ends."""

import json
import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
import pytest

from functions.api import app as api
from mntreamer.aws import secret_token
from mntreamer.aws.secret_token import SecretToken
from mntreamer.domain.errors import SettingMissing
from tests.contract.records import NOON, a_recording
from tests.integration.aws.conftest import TOKEN
from tests.integration.aws.test_handlers import context, event

if TYPE_CHECKING:
    from mntreamer.ports import Ports

NEW = "the-new-token"


class Time:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def token(aws: None, time: Time) -> SecretToken:  # noqa: ARG001 -- there before its secret is
    return SecretToken(boto3.client("secretsmanager"), os.environ["TOKEN_SECRET"], time)


def store(token: str) -> None:
    boto3.client("secretsmanager").put_secret_value(SecretId=os.environ["TOKEN_SECRET"], SecretString=token)


def answer(path: str, token: str) -> dict[str, Any]:
    request = event("api_request")
    request["rawPath"] = request["requestContext"]["http"]["path"] = path
    request["headers"] |= {"authorization": f"Bearer {token}"}
    return api.handler(request, context())


def ask(path: str, token: str) -> int:
    return int(answer(path, token)["statusCode"])


def test_a_replaced_token_counts_after_five_minutes(token: SecretToken, time: Time) -> None:
    assert token.current() == TOKEN
    store(NEW)
    time.now += timedelta(minutes=5, seconds=-1)
    assert token.current() == TOKEN
    time.now += timedelta(seconds=1)
    assert token.current() == NEW


def test_who_asks_whether_it_was_replaced_has_it_read_again_twice_a_minute(token: SecretToken, time: Time) -> None:
    token.current()
    store(NEW)
    time.now += timedelta(seconds=29)
    assert not token.is_replaced()
    time.now += timedelta(seconds=1)
    assert token.is_replaced()
    assert token.current() == NEW
    time.now += timedelta(minutes=1)
    assert not token.is_replaced()


def test_a_line_s_end_behind_the_token_is_none_of_it(token: SecretToken) -> None:
    store(f"{NEW}\n")
    assert token.current() == NEW


def test_a_secret_without_a_token_opens_nothing(token: SecretToken) -> None:
    store("\n")
    with pytest.raises(SettingMissing, match="token"):
        token.current()


@pytest.mark.usefixtures("ports")
def test_a_new_token_opens_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("/api/v1/recordings", TOKEN) == 200
    store(NEW)
    assert ask("/api/v1/recordings", NEW) == 401  # what was just read is taken to be still so
    monkeypatch.setattr(secret_token, "READ_AGAIN_AFTER", timedelta(0))
    assert ask("/api/v1/recordings", NEW) == 200


def test_the_api_knows_the_new_token_alone_and_old_links_end(ports: "Ports", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret_token, "READ_AGAIN_AFTER", timedelta(0))
    ports.recordings.open(a_recording(), NOON.date())
    [listed] = json.loads(answer("/api/v1/recordings", TOKEN)["body"])["recordings"]
    link = urlsplit(listed["playlist_url"]).path
    assert ask(link, TOKEN) == 404  # nothing is stored yet, but the link is good
    store(NEW)
    assert ask("/api/v1/recordings", "wrong") == 401
    assert ask("/api/v1/recordings", NEW) == 200
    assert ask("/api/v1/recordings", TOKEN) == 401
    assert ask(link, NEW) == 401
