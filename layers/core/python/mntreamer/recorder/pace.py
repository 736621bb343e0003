"""How often the recorder does what. Tests run it faster; nothing else differs there."""

from dataclasses import dataclass

from mntreamer.domain.recordings.lease import RENEW_EVERY


@dataclass(frozen=True, slots=True)
class Pace:
    """All in seconds, but `poll_every` and `poll_after_news`: in target durations of the source. Right after a new
    segment was listed nothing more is to be expected.

    `stale_s`: without a new segment for so long, the platform is asked. `ask_every_s` is the platform's own floor
    between two questions, `topic_every_s` ours between two about the stream's topic, which is recorded for `grace_s`
    after the streamer's filters leave it out. `resolve_every_s` lies between two looks for another playback URL,
    which is renewed `renew_url_before_s` before it expires. `drain_s`: how long a stopping recorder waits for what is
    being fetched, and again for what is being stored; at the stream's end it waits `outlast_s` for an ill store.
    A line of the source whose epoch is not open within `open_s` is fetched all the same.
    A source that does not let us connect within `connect_s`, or
    is silent for `stall_s`, is asked anew: before a short window has moved on. A store that fails is tried again
    after `store_retry_s`, doubled each time up to `store_retry_longest_s`. Every `look_every_s` pictures are taken of
    what is new; who leaves waits `finish_pictures_s` for the last ones. Who is told to leave goes on for
    `hand_over_s` at the most, until another has taken over, and looks every `watch_every_s` whether one has, as a
    standby looks after its holder. So long as `other_within_s` a holder that lacks something waits for another to
    store it; `yield_s` a standby waits with what its holder stores as well. What lies behind the live edge is fetched
    one bundle every `backfill_every_s`, and looked for every `look_back_every_s`; the platform is asked no more often
    than `rewind_every_s` where it shows that. At the stream's end what is left of it is fetched for `regain_s` at the
    most.
    """

    poll_every: float = 0.25
    poll_after_news: float = 0.75
    renew_every_s: float = RENEW_EVERY.total_seconds()
    stale_s: float = 6.0
    ask_every_s: float = 10.0
    topic_every_s: float = 120.0
    grace_s: float = 300.0
    resolve_every_s: float = 10.0
    renew_url_before_s: float = 60.0
    drain_s: float = 15.0
    open_s: float = 0.5
    outlast_s: float = 600.0
    connect_s: float = 3.0
    stall_s: float = 4.0
    retry_s: float = 0.25
    retry_longest_s: float = 0.75
    store_retry_s: float = 1.0
    store_retry_longest_s: float = 30.0
    look_every_s: float = 20.0
    finish_pictures_s: float = 2.0
    hand_over_s: float = 0.0
    watch_every_s: float = 5.0
    other_within_s: float = 12.0
    yield_s: float = 2.0
    backfill_every_s: float = 2.0
    look_back_every_s: float = 30.0
    rewind_every_s: float = 300.0
    regain_s: float = 30.0


def write_interval_s(listed: int) -> float:
    """The time between two writes of a source playlist that lists so many segments.

    Each write costs the whole text, so it becomes rarer as the text grows; what is stored is visible within 12 s.
    """
    return min(2.0 + listed / 2000, 6.0)
