"""What a platform is asked while its stream is recorded, and when."""

from mntreamer.domain.monitors.probe import Probe
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.recorder.ending.ending import EndWatch
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.source.inquiry import what_it_is_about, whether_it_is_on


class Asking:
    """`end` learns what is answered. Only the lease's holder asks.

    All times are seconds on the recorder's own clock.
    """

    def __init__(self, ports: Ports, recording: Recording, pace: Pace, now_s: float) -> None:
        self.end = EndWatch(pace, now_s)
        self._inquiry = whether_it_is_on(ports.platforms[recording.platform], recording.channel_id)
        self._topic = what_it_is_about(ports, recording)

    def go_on(self, now_s: float) -> Probe | None:
        """Whether the stream is on, if that was answered just now; else it is asked where there is reason to."""
        if probe := self._inquiry.answer():
            self.end.answered(probe, now_s)
            return probe
        if self.end.should_ask(now_s) and self._inquiry.ask():
            self.end.asked(now_s)
        elif self.end.should_ask_for_the_topic(now_s) and self._topic.ask():
            self.end.asked_for_the_topic(now_s)
        return None

    def topic(self, now_s: float) -> Topic | None:
        """What it is about, if that was answered just now."""
        heard = self._topic.answer()
        if heard is None:
            return None
        self.end.heard(heard.refusal, now_s)
        return heard.topic

    def would_ask(self, now_s: float) -> bool:
        """Whether there is reason to, for one that does not: so often as a lease is renewed."""
        if not self.end.should_ask(now_s):
            return False
        self.end.asked_elsewhere(now_s)
        return True

    def close(self) -> None:
        self._inquiry.close()
        self._topic.close()
