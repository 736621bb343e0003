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


def test_a_line_s_end_behind_the_token_is_none_of_it(token: SecretToken) -> None:
    store(f"{NEW}\n")
    assert token.current() == NEW


def test_a_secret_without_a_token_opens_nothing(token: SecretToken) -> None:
    store("\n")
    with pytest.raises(SettingMissing, match="token"):
        token.current()


def test_the_api_knows_the_new_token_alone_and_old_links_end(ports: "Ports", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret_token, "HELD", timedelta(0))
    ports.recordings.open(a_recording(), NOON.date())
    [listed] = json.loads(answer("/api/v1/recordings", TOKEN)["body"])["recordings"]
    link = urlsplit(listed["playlist_url"]).path
    assert ask(link, TOKEN) == 404  # nothing is stored yet, but the link is good
    store(NEW)
    assert ask("/api/v1/recordings", TOKEN) == 401
    assert ask("/api/v1/recordings", NEW) == 200
    assert ask(link, NEW) == 401
