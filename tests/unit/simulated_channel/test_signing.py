from datetime import UTC, datetime, timedelta

import pytest

from simulated_channel.signing import Signer

ACL = "*/abc/*"
PATH = "/chzzk/abc/list.m3u8"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def signer(clock: Clock) -> Signer:
    return Signer(b"key", life_s=60, clock=clock)


def test_a_token_opens_what_its_acl_covers(signer: Signer) -> None:
    assert signer.opens("hdnts", signer.hdnts(ACL), PATH)
    assert signer.opens("hdntl", signer.hdntl(ACL), PATH)
    assert not signer.opens("hdnts", signer.hdnts(ACL), "/chzzk/other/list.m3u8")


def test_a_token_expires(signer: Signer, clock: Clock) -> None:
    token = signer.hdntl(ACL)
    clock.now += timedelta(seconds=59)
    assert signer.opens("hdntl", token, PATH)
    clock.now += timedelta(seconds=1)
    assert not signer.opens("hdntl", token, PATH)


def test_the_master_s_token_does_not_open_what_is_below(signer: Signer) -> None:
    assert not signer.opens("hdntl", signer.hdnts(ACL), PATH)


@pytest.mark.parametrize("token", ["", "exp=9999999999", "exp=9999999999~acl=*~hmac=00", "~hmac=é"])
def test_a_made_up_token_opens_nothing(signer: Signer, token: str) -> None:
    assert not signer.opens("hdntl", token, PATH)


def test_a_prolonged_token_opens_nothing(signer: Signer) -> None:
    assert not signer.opens("hdnts", signer.hdnts(ACL).replace("~exp=1", "~exp=2"), PATH)


def test_the_key_is_not_shown(signer: Signer) -> None:
    assert "key" not in repr(signer)


def test_the_parts_come_in_akamai_s_order(signer: Signer) -> None:
    names = [part.split("=")[0] for part in signer.hdnts(ACL).split("~")]
    assert names == ["st", "exp", "acl", "hmac"]
    assert [part.split("=")[0] for part in signer.hdntl(ACL).split("~")] == ["exp", "acl", "data", "hmac"]
