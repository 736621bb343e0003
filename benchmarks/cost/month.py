"""What people want of mntreamer in a month."""

from dataclasses import dataclass

HOURS = 730.0
DAYS = HOURS / 24
_HOUR_S = 3600.0
_GB = 1e9
_BITS = 8


@dataclass(frozen=True, slots=True)
class Month:
    """`hours` are recorded of each streamer, in recordings of `hours_each`, at `mbps`, and kept for `months_kept`.

    `watched_hours` of them are played, `probes_a_day` sent for each streamer. `webhooks` are told of
    each recording. `recorders` make a recording at once. `on_spot`: they run on Spot.
    """

    streamers: int
    hours: float
    hours_each: float
    mbps: float
    months_kept: float
    watched_hours: float
    probes_a_day: float
    api_calls: int
    webhooks: float
    on_spot: bool
    recorders: int = 1

    @property
    def recorded_hours(self) -> float:
        return self.streamers * self.hours

    @property
    def recorded_at_once(self) -> float:
        """On average; in the evening it is two or three times that."""
        return self.recorded_hours / HOURS

    @property
    def recordings(self) -> float:
        return self.recorded_hours / self.hours_each

    @property
    def probes(self) -> float:
        return self.streamers * self.probes_a_day * DAYS

    @property
    def gb_an_hour(self) -> float:
        return self.mbps * 1e6 / _BITS * _HOUR_S / _GB

    @property
    def kept_gb(self) -> float:
        """In the long run: what comes in goes again after its time."""
        return self.recorded_hours * self.gb_an_hour * self.months_kept
