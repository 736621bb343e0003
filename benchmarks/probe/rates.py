"""How the ways to look at many channels compare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Rates:
    """Channels per second: a serial loop, the HTTP library alone, the tick, asyncio alone."""

    serial: float
    bound: float
    tick: float
    asyncio: float

    def summary(self) -> Mapping[str, float]:
        """What the benchmark's last line says."""
        return {
            "vs_serial": round(self.tick / self.serial, 1),
            "vs_bound": round(self.tick / self.bound, 2),
            "probes_per_s": round(self.tick, 1),
            "bound_per_s": round(self.bound, 1),
            "serial_per_s": round(self.serial, 1),
            "asyncio_per_s": round(self.asyncio, 1),
            "asyncio_vs_bound": round(self.asyncio / self.bound, 2),
        }


def rate(channels: int, rounds_s: Sequence[float]) -> float:
    """Channels per second in the median of some rounds, each given by the seconds that it took for all channels."""
    return channels / median(rounds_s)
