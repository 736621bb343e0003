"""What the tick is measured against: clients that ask, read JSON, and do nothing else.

Each takes the URLs to ask, asks each once over connections that it opens itself, and answers with how many
channels it saw off air.
"""

import asyncio
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import SplitResult, urlsplit

import requests
from requests.adapters import HTTPAdapter

CONNECTIONS = 128
_TIMEOUT_S = 20.0


def serial_loop(urls: Sequence[str]) -> int:
    """One GET after the other through one session, as other recorders do it."""
    with _session(connections=1) as session:
        return sum(_is_off_air(session, url) for url in urls)


def pooled_threads(urls: Sequence[str]) -> int:
    """The same library from as many threads as it pools connections: the bound for whatever is built on it."""
    with _session(CONNECTIONS) as session, ThreadPoolExecutor(CONNECTIONS) as pool:
        return sum(pool.map(lambda url: _is_off_air(session, url), urls))


def asyncio_streams(urls: Sequence[str]) -> int:
    """Sockets and HTTP's bare necessities in one event loop: what the language can do."""
    return asyncio.run(_asked_by_streams(urls))


def _session(connections: int) -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # a proxy from the environment would be what is measured
    session.mount("http://", HTTPAdapter(pool_maxsize=connections))
    return session


def _is_off_air(session: requests.Session, url: str) -> bool:
    return _says_close(session.get(url, timeout=_TIMEOUT_S).json())


def _says_close(body: object) -> bool:
    match body:
        case {"content": {"status": "CLOSE"}}:
            return True
    return False


async def _asked_by_streams(urls: Sequence[str]) -> int:
    """They all lead to one server."""
    server, waiting = urlsplit(urls[0]), iter(urls)
    return sum(await asyncio.gather(*(_asked_by_stream(server, waiting) for _ in range(CONNECTIONS))))


async def _asked_by_stream(server: SplitResult, waiting: Iterator[str]) -> int:
    """One connection's share: a URL whenever it is free, until none waits."""
    reader, writer = await asyncio.open_connection(server.hostname, server.port)
    off_air = 0
    for url in waiting:
        writer.write(f"GET {urlsplit(url).path} HTTP/1.1\r\nHost: {server.netloc}\r\n\r\n".encode())
        off_air += _says_close(json.loads(await _body(reader)))
    writer.close()
    return off_air


async def _body(reader: asyncio.StreamReader) -> bytes:
    """Raises asyncio.IncompleteReadError where the server hangs up before the answer's end."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0]
    return await reader.readexactly(int(length))
