"""What the server listens on when it is given a name or an address."""

import pytest

from mntreamer.domain.errors import BadInput
from mntreamer_local.hosts import address_of, netloc


@pytest.mark.parametrize(
    ("host", "listens_on"),
    [
        ("localhost", "127.0.0.1:80"),
        ("127.0.0.2", "127.0.0.2:80"),
        ("::1", "[::1]:80"),
        ("[::1]", "[::1]:80"),
        ("0.0.0.0", "0.0.0.0:80"),  # noqa: S104 -- nothing listens there
    ],
)
def test_names_and_addresses_are_understood(host: str, listens_on: str) -> None:
    assert netloc(address_of(host), 80) == listens_on


@pytest.mark.parametrize("host", ["", "no-such-host.invalid", "127.0.0.1:8080", "x" * 70])
def test_what_means_no_address_is_said(host: str) -> None:
    with pytest.raises(BadInput, match="neither an address nor a name"):
        address_of(host)
