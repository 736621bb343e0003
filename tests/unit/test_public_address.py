import pytest

from mntreamer.public_http.peers import is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",  # noqa: S104  # not bound to, judged
        "10.1.2.3",
        "100.64.0.1",  # carrier-grade NAT
        "169.254.169.254",  # instance metadata
        "169.254.170.2",  # a Fargate task's credentials
        "172.16.0.1",
        "192.168.1.1",
        "192.0.2.1",
        "224.0.0.251",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "2001:0:7f00:1::",  # Teredo
        "::ffff:127.0.0.1",
        "::ffff:169.254.170.2",
        "2002:7f00:1::",  # 6to4 of 127.0.0.1
        "2002:a9fe:aa02::1",  # 6to4 of 169.254.170.2
        "64:ff9b::10.0.0.1",  # NAT64
        "64:ff9b:1::8.8.8.8",  # NAT64 of somebody's own
    ],
)
def test_a_local_address_is_not_public_in_any_form(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "223.130.200.107", "2001:4860:4860::8888", "2606:4700::1111", "::ffff:8.8.8.8"]
)
def test_an_internet_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["64:ff9b::8.8.8.8", "2002:808:808::1"])
def test_a_translated_internet_address_is_public(address: str) -> None:
    assert is_public(address)
