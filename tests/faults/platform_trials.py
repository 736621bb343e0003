"""What goes wrong with the platform costs nothing while the URL that it gave out before still works."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mntreamer.domain.monitors.probe import Playback, Probe
from tests.faults.broadcast import Stretch
from tests.faults.clock import SourceClock
from tests.faults.platform import OriginPlatform
from tests.faults.row import Row
from tests.faults.stage import Stage, alone
from tests.faults.trial import Trial
from tests.faults.troubled_store import Call, Hanging

# Long before the first token ends, and while the platform hangs.
_RENEWED_S = 40.0


@dataclass
class HangingPlatform(OriginPlatform):
    """Answers nothing for a while."""

    hanging: Hanging
    clock: SourceClock

    def probe(self, channel_id: str) -> Probe:
        with self.hanging.around(Call.READ, self.clock):
            return super().probe(channel_id)

    def playback(self, channel_id: str) -> Playback:
        with self.hanging.around(Call.READ, self.clock):
            return super().playback(channel_id)


@dataclass(frozen=True)
class WhileTheUrlIsRenewed:
    """One recorder, whose platform hangs when it asks for the next URL."""

    hanging: Hanging

    def __call__(self, stage: Stage) -> Iterable[str]:
        platform = HangingPlatform(stage.origin, self.hanging, stage.origin.clock)
        desk = replace(stage.desk, pace=replace(stage.desk.pace, renew_url_before_s=_RENEWED_S))
        ports = replace(desk.ports, platforms={platform.name: platform})
        flaws = alone(replace(stage, desk=replace(desk, ports=ports)))
        is_renewed = stage.origin.urls > 1
        return flaws if is_renewed else [*flaws, "the URL was not renewed"]


PLATFORM_TRIALS = (
    Trial(
        Row("platform hangs while the URL is renewed", (Stretch(20),), token_lives_s=_RENEWED_S + 8.0),
        WhileTheUrlIsRenewed(Hanging(6.0, 32.0)),
    ),
)
