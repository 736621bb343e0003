"""`python -m benchmarks.probe`: how fast a tick probes due channels, beside what others do and what could be done.

In one run, on one simulated platform, four ways look at the same channels; every round begins without a connection.
The last line is JSON. Exit codes: 0 measured, 1 some way did not look at every channel exactly once.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from benchmarks.due_monitors import check_all, due_monitors, missed_once
from benchmarks.platform_answers import channel_id_of
from benchmarks.platform_server import PlatformServer, Traffic, platform_server
from benchmarks.probe.bare_clients import CONNECTIONS, asyncio_streams, pooled_threads, serial_loop
from benchmarks.probe.rates import Rates, rate
from mntreamer.domain.errors import MntreamerError

CHANNELS = 1000
LATENCY_S = 0.05
ROUNDS = 5

_progress = Console(stderr=True, highlight=False)


class NotEachOnce(MntreamerError):
    """Channels were left out, asked for twice, or not understood."""

    code = "not_each_once"


@dataclass(frozen=True, slots=True)
class Round:
    """The time that a way took for all channels, and how many of them it found off air, as all are."""

    elapsed_s: float
    off_air: int


Way = Callable[[str], Round]


def main() -> int:
    try:
        rates = _measured()
    except NotEachOnce as error:
        _progress.print(str(error), soft_wrap=True)
        return 1
    Console(highlight=False).print(_table(rates))
    sys.stdout.write(f"{json.dumps(rates.summary())}\n")
    return 0


def _measured() -> Rates:
    """The serial loop has one round, which takes a minute and hardly varies; the others take turns."""
    with platform_server(CHANNELS, LATENCY_S) as server:
        _progress.print(f"{CHANNELS} channels, {LATENCY_S:g} s each, one after the other at first: about a minute")
        serial = _rates(server, 1, {"serial loop": _asking(serial_loop)})
        others = {"bound": _asking(pooled_threads), "tick": _ticking, "asyncio": _asking(asyncio_streams)}
        return Rates(*serial, *_rates(server, ROUNDS, others))


def _rates(server: PlatformServer, rounds: int, ways: Mapping[str, Way]) -> Sequence[float]:
    """Each way's channels per second."""
    rounds_s: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(1, rounds + 1):
        for name, way in ways.items():
            rounds_s[name].append(_round_s(server, name, way))
            _progress.print(f"round {number} of {rounds}  {name:11}  {rounds_s[name][-1]:6.2f} s", soft_wrap=True)
    return [rate(CHANNELS, each) for each in rounds_s.values()]


def _round_s(server: PlatformServer, name: str, way: Way) -> float:
    gc.collect()  # also closes what the round before has left open
    server.traffic()
    done = way(server.base_url)
    check_each_once(name, done, server.traffic())
    return done.elapsed_s


def check_each_once(name: str, done: Round, traffic: Traffic) -> None:
    """Raises NotEachOnce unless all channels were found off air with one request for each, within the connections."""
    if (done.off_air, traffic.requests) != (CHANNELS, CHANNELS) or traffic.most_connections > CONNECTIONS:
        raise NotEachOnce(
            f"{name}: {done.off_air} of {CHANNELS} channels found off air with {traffic.requests} requests "
            f"over at most {traffic.most_connections} connections at once, where {CONNECTIONS} are allowed"
        )


def _asking(ask: Callable[[Sequence[str]], int]) -> Way:
    def asked(base_url: str) -> Round:
        urls = [f"{base_url}/polling/v3.1/channels/{channel_id}/live-status" for channel_id in _channel_ids()]
        began = time.perf_counter()
        off_air = ask(urls)
        return Round(time.perf_counter() - began, off_air)

    return asked


def _ticking(base_url: str) -> Round:
    with due_monitors(base_url, _channel_ids()) as ports:
        began = time.perf_counter()
        check_all(ports)
        return Round(time.perf_counter() - began, missed_once(ports))


def _channel_ids() -> list[str]:
    return [channel_id_of(number) for number in range(CHANNELS)]


def _table(rates: Rates) -> Table:
    table = Table("way", box=None, pad_edge=False)
    for title in ("channels/s", "x serial", "x bound"):
        table.add_column(title, justify="right")
    for way, per_s in (
        ("one after the other", rates.serial),
        ("requests alone: the bound", rates.bound),
        ("the tick", rates.tick),
        ("asyncio alone", rates.asyncio),
    ):
        table.add_row(way, f"{per_s:.1f}", f"{per_s / rates.serial:.1f}", f"{per_s / rates.bound:.2f}")
    return table


if __name__ == "__main__":
    sys.exit(main())
