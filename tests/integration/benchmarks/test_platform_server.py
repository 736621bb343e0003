import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack

import pytest
import requests

from benchmarks.platform_answers import channel_id_of
from benchmarks.platform_server import PlatformServer, Traffic, platform_server
from benchmarks.probe.bare_clients import asyncio_streams, pooled_threads, serial_loop

LATENCY_S = 0.02
STARTS_AND_WAITS = """
import sys
from benchmarks.platform_server import platform_server
if __name__ == "__main__":
    with platform_server(1, 0.0) as server:
        print(server.base_url, flush=True)
        sys.stdin.read()
"""


def urls(server: PlatformServer, channels: int) -> list[str]:
    return [
        f"{server.base_url}/polling/v3.1/channels/{channel_id_of(number)}/live-status" for number in range(channels)
    ]


@pytest.mark.parametrize("ask", [serial_loop, pooled_threads, asyncio_streams])
def test_every_way_asks_each_channel_once(ask: Callable[[Sequence[str]], int]) -> None:
    with platform_server(channels=10, latency_s=0.0, live=[3]) as server:
        assert ask(urls(server, 10)) == 9
        assert server.traffic().requests == 10


def test_traffic_is_counted_from_call_to_call() -> None:
    with platform_server(channels=1, latency_s=0.0) as server, ExitStack() as sessions:
        for _ in range(3):
            sessions.enter_context(requests.Session()).get(urls(server, 1)[0], timeout=10)
        assert server.traffic() == Traffic(requests=3, most_connections=3)
        assert server.traffic() == Traffic(requests=0, most_connections=3)


def test_no_answer_comes_before_its_latency() -> None:
    with platform_server(channels=1, latency_s=LATENCY_S) as server:
        began = time.perf_counter()
        serial_loop(urls(server, 1) * 5)
        assert time.perf_counter() - began >= 5 * LATENCY_S


def test_it_ends_with_its_block() -> None:
    with platform_server(channels=1, latency_s=0.0) as server:
        pass
    with pytest.raises(requests.ConnectionError):
        requests.get(server.base_url, timeout=10)


def test_it_ends_with_a_process_that_is_killed() -> None:
    command = [sys.executable, "-c", STARTS_AND_WAITS]
    with subprocess.Popen(  # noqa: S603 -- our own server's parent
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as benchmark:
        assert benchmark.stdout
        base_url = benchmark.stdout.readline().strip()
        benchmark.kill()
        assert not benchmark.stdout.read()  # ends once nobody can write to it any more, the server included
    with pytest.raises(requests.ConnectionError):
        requests.get(base_url, timeout=10)
