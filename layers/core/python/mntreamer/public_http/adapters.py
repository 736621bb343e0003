"""What a public session sends its requests through: http and https to public addresses, and nothing else."""

from typing import Any, Never

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from mntreamer.domain.errors import ForbiddenAddress
from mntreamer.public_http.connections import PublicPools
from mntreamer.public_http.trust import trust

_POOLED_HOSTS = 32
_POOLED_CONNECTIONS_PER_HOST = 128


class PublicAdapter(HTTPAdapter):
    """Never retries: whoever asks knows better whether it is still worth it."""

    def __init__(self, allowed_hosts: frozenset[str], timeouts_s: tuple[float, float]) -> None:
        self._allowed_hosts = allowed_hosts
        self._timeouts_s = timeouts_s
        super().__init__(_POOLED_HOSTS, _POOLED_CONNECTIONS_PER_HOST, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, *_: Any, **options: Any) -> None:
        self.poolmanager = PublicPools(
            self._allowed_hosts, num_pools=connections, maxsize=maxsize, ssl_context=trust(), **options
        )

    def cert_verify(self, *_: Any) -> None:
        """Nothing is left to do: the pools know whom to trust."""

    def send(self, request: requests.PreparedRequest, *_: Any, **options: Any) -> requests.Response:
        timeout = options.pop("timeout", None) or self._timeouts_s
        response = super().send(request, **options | {"timeout": timeout, "proxies": None})
        if response.is_redirect:
            response.raw.close()  # requests would read its body before it goes on, however long that is
        return response


class NoAdapter(BaseAdapter):
    """For every other scheme, wherever a redirect or a playlist may lead."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> Never:
        scheme = (request.url or "").partition(":")[0]
        raise ForbiddenAddress(f"{scheme}: is not opened, only http and https are")

    def close(self) -> None:
        """There is nothing to close."""
