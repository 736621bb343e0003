"""The login in Secrets Manager: held for a while, renewed without a deployment, and no harm where it is spoilt."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from mntreamer.aws import chzzk_login
from mntreamer.aws.chzzk_login import ChzzkLoginSecret
from mntreamer.domain.errors import BadInput
from mntreamer.platforms.chzzk_login import ChzzkLogin

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

COOKIES = {"NID_AUT": "invented-aut", "NID_SES": "invented-ses"}
RENEWED = COOKIES | {"NID_AUT": "invented-later"}


@pytest.fixture
def client() -> "Iterator[SecretsManagerClient]":
    with mock_aws():
        yield boto3.client("secretsmanager", region_name="ap-northeast-2")


@pytest.fixture
def reads(client: "SecretsManagerClient") -> Counter[str]:
    calls: Counter[str] = Counter()

    def count(model: Any, **_: object) -> None:
        calls[model.name] += 1

    client.meta.events.register("before-call.secrets-manager", count)
    return calls


def login_of(source: ChzzkLoginSecret) -> ChzzkLogin:
    login = source()
    assert login
    return login


def test_a_login_is_read_once_in_five_minutes(client: "SecretsManagerClient", reads: Counter[str]) -> None:
    arn = client.create_secret(Name="login", SecretString=json.dumps(COOKIES))["ARN"]
    source = ChzzkLoginSecret(client, arn)
    for _ in range(3):
        login = login_of(source)
        assert login.cookie() == "NID_AUT=invented-aut; NID_SES=invented-ses"
    assert reads["GetSecretValue"] == 1
    assert chzzk_login.HELD_S == 5 * 60
    assert "ChzzkLoginSecretArn" in login.kept_in
    assert abs(datetime.now(UTC) - login.renewed_at) < timedelta(minutes=1)


def test_a_renewed_login_is_taken_once_the_old_one_is_no_longer_held(
    client: "SecretsManagerClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    arn = client.create_secret(Name="login", SecretString=json.dumps(COOKIES))["ARN"]
    source = ChzzkLoginSecret(client, arn)
    monkeypatch.setattr(chzzk_login, "HELD_S", 0)
    before = login_of(source)
    client.put_secret_value(SecretId=arn, SecretString=json.dumps(RENEWED))
    after = login_of(source)
    assert after.cookie() == "NID_AUT=invented-later; NID_SES=invented-ses"
    assert after.renewed_at >= before.renewed_at


def test_a_secret_that_is_not_there_is_bad_input(client: "SecretsManagerClient") -> None:
    with pytest.raises(BadInput, match=r"ChzzkLoginSecretArn names cannot be read: .*ResourceNotFoundException"):
        ChzzkLoginSecret(client, "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:gone-123456")()


@pytest.mark.parametrize("text", ["NID_AUT=invented", "[]", '{"NID_AUT": "invented"}'])
def test_a_secret_without_a_login_is_bad_input_that_does_not_show_it(
    client: "SecretsManagerClient", text: str
) -> None:
    client.create_secret(Name="login", SecretString=text)
    with pytest.raises(BadInput, match="ChzzkLoginSecretArn") as raised:
        ChzzkLoginSecret(client, "login")()
    assert "invented" not in str(raised.value)


def test_a_secret_of_bytes_is_bad_input(client: "SecretsManagerClient") -> None:
    client.create_secret(Name="login", SecretBinary=json.dumps(COOKIES).encode())
    with pytest.raises(BadInput, match="no JSON"):
        ChzzkLoginSecret(client, "login")()
