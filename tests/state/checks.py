"""One due monitor is checked by the real use case, and what it did is held against what the platform answered."""

from dataclasses import dataclass, field

from mntreamer.domain.monitors.due import Due
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.usecases.monitors.check_monitor import check_monitor
from tests.state.actor import Actor, Look, Write
from tests.state.evidence import Evidence, assert_closed_for_a_reason
from tests.state.world import FakePlatform

_NOT_AFTER_AN_ERROR = {"miss_count", "ended_at", "closed_at"}


@dataclass
class Checks:
    ports: Ports
    platform: FakePlatform
    evidence: Evidence = field(default_factory=Evidence)

    def check(self, due: Due) -> None:
        actor = self.platform.actors[-1]
        actor.seen, begun = None, len(actor.written)
        try:
            check_monitor(self.ports, due)
            if actor.seen and not actor.was_interrupted:
                self._written_down(actor.seen)
        finally:
            self._seen_off_air(actor)
            self._not_written_down(actor)
        if actor.seen and actor.seen.probe is None:
            _assert_an_error_changes_nothing(actor.written[begun:])

    def closed(self, recording: Recording) -> None:
        """Told of each recording that was closed, by whoever acts."""
        actor = self.platform.actors[-1]
        assert_closed_for_a_reason(self.ports, self.evidence, actor.seen, recording)

    def _written_down(self, look: Look) -> None:
        """The actor lived to do it, and nobody came between."""
        if look.asked_at:
            self.platform.asked[look.channel_id] = look.asked_at
        if look.is_wanted:
            self.evidence.on_air(look.channel_id)

    def _not_written_down(self, actor: Actor) -> None:
        """Who dies, or whom a person overtakes, leaves nobody to know of the look: then it keeps no floor."""
        if actor.seen and actor.seen.asked_at and (actor.is_dead or actor.was_interrupted):
            self.platform.asked.pop(actor.seen.channel_id, None)

    def _seen_off_air(self, actor: Actor) -> None:
        """It counts in any case: a hint may be written before the actor dies."""
        if actor.seen and actor.seen.probe and not actor.seen.is_wanted:
            self.evidence.seen_off_air(actor.seen.channel_id, actor.seen.at)


def _assert_an_error_changes_nothing(written: list[Write]) -> None:
    for write in written:
        assert not _NOT_AFTER_AN_ERROR & write.changes.keys(), f"after an error: {write}"
