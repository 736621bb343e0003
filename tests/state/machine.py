"""Ticks, recorders, crashes and people in any order.

A rule is one thing that can happen. Whoever acts has a clock that may be off, may die before any write, and may be
interrupted before any write or while the platform answers: then somebody else acts.
"""

import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mntreamer.domain.monitors.due import AHEAD
from mntreamer.domain.monitors.filters import Filters, render_filters
from mntreamer.domain.monitors.streamer import streamer_id_of
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.domain.schedule.schedule import Schedule
from tests.state.actor import Actor
from tests.state.deeds import DEEDS, Deeds
from tests.state.memory_monitors import Lag, MemoryMonitors
from tests.state.outside import Outside
from tests.state.promises import LONGEST_WAIT, State, assert_one_recording_a_session, assert_promises
from tests.state.recorders import Leaving
from tests.state.tables import Tables
from tests.state.world import Trouble

CHANNELS = ("c1", "c2")
channels = st.sampled_from(CHANNELS)
skews_s = st.sampled_from([0, 0, 0, -5, 3, 5])
deaths = st.sampled_from([None, None, None, *range(6)])
moments = st.sampled_from([None, None, *range(8)])
actors = st.builds(Actor, skew_s=skews_s, dies_before=deaths)
deeds = st.sampled_from(list(DEEDS))
filters = st.sampled_from([Filters(), Filters(titles=("wanted",)), Filters(notify_only=True)])
people = st.sampled_from(
    ["pause", "resume", "look now", "add", "remove", "stop", "confirm", "delete", "delete at once", "restore"]
)


class Checking(RuleBasedStateMachine):
    """Over these tables."""

    def __init__(self, tables: Tables) -> None:
        super().__init__()
        self.tables = tables
        self.index = tables.monitors if isinstance(tables.monitors, MemoryMonitors) else None

    def teardown(self) -> None:
        """A sequence that failed already is not healed: that would hide why."""
        if sys.exc_info()[0]:
            return
        if self.index:
            self.index.catch_up()
        self.outside.healing.all_ends_well()
        assert_one_recording_a_session(self.ports, self.platform.sessions)
        self.outside.kept.assert_what_was_deleted_is_gone_in_the_end()
        self.outside.kept.assert_what_is_kept_is_played_in_the_end()

    # ---- what always holds -------------------------------------------------------------------------------------

    @invariant()
    def promises_are_kept(self) -> None:
        state = State(
            now=self.platform.now,
            streamers=self.ports.monitors.listed(1000),
            unfinished=self.ports.recordings.newest([RecordingStatus.RECORDING], 1000),
            launched=self.launcher.launched,
            running=self.launcher.running,
            longest_wait=max(LONGEST_WAIT, self.platform.longest_block),
        )
        assert_promises(state)
        self.outside.kept.assert_promises()

    # ---- the world goes on ---------------------------------------------------------------------------------------

    @initialize(schedule=st.sampled_from(Schedule), on_air=st.sets(channels))
    def two_are_watched(self, schedule: Schedule, on_air: set[str]) -> None:
        self.outside = Outside(self.tables, schedule)
        self.platform, self.launcher = self.outside.platform, self.outside.launcher
        self.ports, self.deeds = self.outside.ports, Deeds(self.outside)
        for channel in CHANNELS:
            self._by(Actor(), partial(self.deeds.add, channel))
        for channel in on_air:
            self.platform.goes_live(channel, same_session=False)

    @rule(seconds=st.sampled_from([1, 8, 20, 45, 61, 130, 301, 600, 3600]))
    def time_passes(self, seconds: int) -> None:
        self.platform.now += timedelta(seconds=seconds)

    @rule(minutes=st.integers(1, 12))
    def all_do_their_work(self, minutes: int) -> None:
        self._work(minutes)

    @rule(channel=channels, same_session=st.booleans())
    def a_stream_begins_or_ends(self, channel: str, *, same_session: bool) -> None:
        if channel in self.platform.live:
            self.platform.goes_off_air(channel)
        else:
            self.platform.goes_live(channel, same_session=same_session)

    @rule(
        channel=channels,
        away_s=st.sampled_from([30, 90, 200, 400]),
        back_s=st.sampled_from([0, 90]),
        times=st.integers(1, 3),
        same_session=st.booleans(),
        no_capacity=st.booleans(),
    )
    def a_stream_drops_and_comes_back(
        self, channel: str, away_s: int, back_s: int, times: int, *, same_session: bool, no_capacity: bool
    ) -> None:
        """Within the reconnect window or after it, while all do their work or no recorder can be started."""
        if no_capacity:
            self.launcher.no_capacity = True
            self._work(10)
        for _ in range(times):
            self.platform.goes_off_air(channel)
            self._work(away_s / 60)
            self.platform.goes_live(channel, same_session=same_session)
            self._work(back_s / 60)

    @rule(channel=channels, trouble=st.sampled_from(Trouble))
    def platform_has_trouble(self, channel: str, trouble: Trouble) -> None:
        self.platform.troubles[channel] = trouble

    @rule(seconds=st.sampled_from([None, 20, 300, 4000]))
    def platform_sends_us_away(self, seconds: float | None) -> None:
        self.platform.blocks_for_s = seconds

    @precondition(lambda self: self.platform.is_in_trouble)
    @rule()
    def platform_recovers(self) -> None:
        self.platform.recovers()

    @rule(minutes=st.sampled_from([0, 1, 15, 30]))
    def capacity_comes_and_goes(self, minutes: int) -> None:
        self.launcher.no_capacity = not self.launcher.no_capacity
        self._work(minutes)

    @precondition(lambda self: self.index)
    @rule(lag=st.sampled_from(Lag))
    def index_falls_behind(self, lag: Lag) -> None:
        if self.index:
            self.index.index.lag = lag

    @precondition(lambda self: self.index)
    @rule(channel=st.none() | channels)
    def index_catches_up(self, channel: str | None) -> None:
        if self.index:
            self.index.catch_up(channel and streamer_id_of("chzzk", channel))

    # ---- somebody acts -------------------------------------------------------------------------------------------

    @rule(actor=actors, channel=channels, in_time=st.booleans())
    def a_tick(self, actor: Actor, channel: str, *, in_time: bool) -> None:
        if in_time:
            self._wait_for(channel)
        self._by(actor, partial(self.deeds.tick, channel))

    @rule()
    def a_page_is_read(self) -> None:
        """What an event that is late, or comes twice, is about."""
        self.deeds.pages.append(self.ports.monitors.due(self.platform.now + AHEAD, 10))

    @rule(actor=actors, channel=channels, deed=deeds)
    def somebody_acts(self, actor: Actor, channel: str, deed: str) -> None:
        self._by(actor, lambda: DEEDS[deed](self.deeds, channel))

    @precondition(lambda self: self.launcher.running)
    @rule(actor=actors, channel=channels, leaving=st.sampled_from(Leaving), index=st.integers(0, 2))
    def a_recorder_leaves(self, actor: Actor, channel: str, leaving: Leaving, index: int) -> None:
        self._by(actor, lambda: self.deeds.recorder_leaves(channel, index, leaving))

    @precondition(lambda self: self.launcher.running)
    @rule(actor=actors, channel=channels, stores=st.booleans(), index=st.integers(0, 2))
    def a_recorder_goes_on(self, actor: Actor, channel: str, *, stores: bool, index: int) -> None:
        """Also one that slept long enough to have been replaced."""
        self._by(actor, lambda: self.deeds.recorder_goes_on(channel, index, stores=stores))

    @precondition(lambda self: self.launcher.running)
    @rule(
        actor=actors, channel=channels, index=st.integers(0, 2), event=st.sampled_from(["before", "after", "never"])
    )
    def a_recorder_is_taken_back(self, actor: Actor, channel: str, index: int, event: str) -> None:
        """With two minutes' notice."""
        if event == "before":
            self._by(actor, lambda: self.deeds.relief_event(channel, index))
        self._by(Actor(), lambda: self.deeds.recorder_is_to_leave(channel, index))
        if event == "after":
            self._by(actor, lambda: self.deeds.relief_event(channel, index))

    @rule(channel=channels, recorders=st.sampled_from([None, 1, 2]))
    def recordings_are_made_by_so_many(self, channel: str, recorders: int | None) -> None:
        self._by(Actor(), lambda: self.deeds.change(channel, {"recorders": recorders}))

    @precondition(lambda self: self.launcher.running)
    @rule(channel=channels, told=st.booleans(), actor=actors)
    def a_recorder_dies(self, channel: str, *, told: bool, actor: Actor) -> None:
        if task := self.deeds.running(channel):
            self.outside.recorders.end(task)
            if told:
                self._by(actor, lambda: self.outside.recorders.stop_event(task))

    @precondition(lambda self: self.launcher.launched)
    @rule(actor=actors, channel=channels, index=st.integers(0, 5))
    def a_stop_event_comes_late_or_twice(self, actor: Actor, channel: str, index: int) -> None:
        self._by(actor, lambda: self.deeds.stop_event(channel, index))

    @rule(actor=actors, channel=channels, priority=st.integers(-1, 1))
    def priority_changes(self, actor: Actor, channel: str, priority: int) -> None:
        self._by(actor, lambda: self.deeds.change(channel, {"priority": priority}))

    @rule(actor=actors, channel=channels, filters=filters)
    def filters_change(self, actor: Actor, channel: str, filters: Filters) -> None:
        self._by(actor, lambda: self.deeds.change(channel, {"filters": render_filters(filters)}))

    @rule(channel=channels, title=st.sampled_from(["title", "wanted"]), minutes=st.sampled_from([0, 3, 12]))
    def a_stream_changes_its_title(self, channel: str, title: str, minutes: int) -> None:
        self.platform.changes_its_title(channel, title)
        self._work(minutes)

    @rule(
        channel=channels,
        actor=actors,
        before=moments,
        in_time=st.booleans(),
        deed=deeds,
        other=actors,
    )
    def a_tick_is_interrupted(
        self, channel: str, actor: Actor, before: int | None, deed: str, other: Actor, *, in_time: bool
    ) -> None:
        if in_time:
            self._wait_for(channel)
        self._at_once(channel, ("tick", actor), before, (deed, other))

    @rule(channel=channels, before=st.integers(0, 7), person=people)
    def a_person_comes_between(self, channel: str, before: int, person: str) -> None:
        """While a tick does what it came for."""
        self._wait_for(channel)
        self._at_once(channel, ("tick", Actor()), before, (person, Actor()))

    @rule(channel=channels, person=people, before=st.integers(0, 7), other=people)
    def two_people_disagree(self, channel: str, person: str, before: int, other: str) -> None:
        self._at_once(channel, (person, Actor()), before, (other, Actor()))

    @rule(channel=channels, comes_back=st.booleans())
    def a_stream_is_recorded_from_end_to_end(self, channel: str, *, comes_back: bool) -> None:
        self.platform.goes_live(channel, same_session=False)
        self._work(3)
        self.platform.goes_off_air(channel)
        self._work(10)
        if comes_back:
            self.platform.goes_live(channel, same_session=True)

    @rule(channel=channels, before=moments, sweeper=actors, person=people)
    def what_is_deleted_is_swept(self, channel: str, before: int | None, sweeper: Actor, person: str) -> None:
        """Once no late recorder can add to it; and a person thinks better of it."""
        self._by(Actor(), partial(self.deeds.delete_at_once, channel))
        self.platform.now += timedelta(minutes=6)
        self._at_once(channel, ("sweep", sweeper), before, (person, Actor()))

    @rule(channel=channels, first=deeds, before=moments, actor=actors, other=actors, in_time=st.booleans())
    def a_deed_is_interrupted_by_a_tick(
        self, channel: str, first: str, before: int | None, actor: Actor, other: Actor, *, in_time: bool
    ) -> None:
        if in_time:
            self._wait_for(channel)
        self._at_once(channel, (first, actor), before, ("tick", other))

    @rule(
        channel=channels,
        first=deeds,
        before=moments,
        actor=actors,
        second=deeds,
        other=actors,
    )
    def two_act_at_once(
        self, channel: str, first: str, before: int | None, actor: Actor, second: str, other: Actor
    ) -> None:
        self._at_once(channel, (first, actor), before, (second, other))

    @rule(channel=channels, seconds=st.sampled_from([5, 60, 130]), actor=actors, in_time=st.booleans())
    def a_probe_takes_its_time(self, channel: str, seconds: int, actor: Actor, *, in_time: bool) -> None:
        """And the stream begins or ends meanwhile."""

        def meanwhile() -> None:
            self.platform.now += timedelta(seconds=seconds)
            self.a_stream_begins_or_ends(channel, same_session=False)

        if in_time:
            self._wait_for(channel)
        actor.meanwhile = meanwhile
        self._by(actor, partial(self.deeds.tick, channel))

    # ---- what these are made of ----------------------------------------------------------------------------------

    def _by(self, actor: Actor, deed: Callable[[], object]) -> None:
        self.platform.act(actor, deed)

    def _at_once(self, channel: str, first: tuple[str, Actor], before: int | None, second: tuple[str, Actor]) -> None:
        """The second one acts before this write of the first one, or while the platform answers it.

        Nobody dies who opens a recording in the very moment in which its streamer is removed: it would be nobody's.
        """
        (deed, actor), (other_deed, other) = first, second
        if "remove" in (deed, other_deed):
            actor.dies_before = other.dies_before = None
        actor.interrupted_before = before
        actor.meanwhile = lambda: self._by(other, lambda: DEEDS[other_deed](self.deeds, channel))
        self._by(actor, lambda: DEEDS[deed](self.deeds, channel))

    def _work(self, minutes: float) -> None:
        self.outside.healing.work_until(self.platform.now + timedelta(minutes=minutes))

    def _wait_for(self, channel: str) -> None:
        """Until the channel is due."""
        streamer = self.ports.monitors.get(streamer_id_of("chzzk", channel))
        if streamer and streamer.check_at:
            self.platform.now = max(self.platform.now, streamer.check_at)
