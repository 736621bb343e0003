"""A stream is noticed by the schedule, recorded as its task would be, published by events and closed."""

from functools import partial

from demo.verification import broadcast_of, compare, published_at
from demo.waiting import wait_for
from simulated_channel import SimulatedChzzk
from tests.emulator.caller import Caller
from tests.emulator.function_logs import logged
from tests.emulator.story import NICKNAME, Story


def test_a_streamer_is_added_by_name(story: Story, caller: Caller) -> None:
    assert story.streamer["channel_id"] == story.channel_id
    assert NICKNAME in [streamer["channel_name"] for streamer in caller.get("streamers")["streamers"]]


def test_the_schedule_s_own_tick_looks_and_opens_a_recording(story: Story, caller: Caller) -> None:
    assert story.opened["status"] == "RECORDING"
    assert story.opened["channel_name"] == NICKNAME
    (platform,) = caller.get("health")["platforms"]
    assert platform["tick"]["live"] == 1


def test_ecs_is_asked_for_one_task_that_is_told_what_to_record(story: Story) -> None:
    recording = story.opened
    told = {"RECORDING_ID": recording["recording_id"], "GENERATION": str(recording["generation"])}
    assert told.items() <= story.asked.launched_with.items()
    assert ":task-definition/mntreamer-recorder:" in story.asked.task["taskDefinitionArn"]


def test_what_is_recorded_is_published_while_it_grows(story: Story) -> None:
    assert story.live.recording["status"] == "RECORDING"
    assert story.live.is_healthy
    assert not story.live.playlist.is_endlist


def test_the_recorder_leaves_when_the_stream_is_over(story: Story) -> None:
    assert story.live.exit_code == 0


def test_the_recording_is_closed_and_plays_frame_by_frame(story: Story, chzzk: SimulatedChzzk) -> None:
    assert story.closed["status"] == "IDLE"
    assert story.closed["lost_segments"] == 0
    assert compare(*broadcast_of(chzzk, story.channel_id), published_at(story.playlist_url)).complaints == ()


def test_its_streamer_is_free_again(story: Story, caller: Caller) -> None:
    assert story.closed
    streamer = caller.get(f"streamers/chzzk/{story.channel_id}")
    assert (streamer["status"], streamer["recorded"], streamer["recording_id"]) == ("IDLE", 1, None)


def test_its_begin_and_its_end_are_told_on_the_bus(story: Story) -> None:
    assert story.closed
    for kind in ("recording.started", "recording.ended"):
        told = wait_for(f"{kind} is told", partial(_told, kind), 30)
        assert [story.closed["recording_id"] in line for line in told] == [True]


def _told(kind: str) -> list[str] | None:
    return [line for line in logged() if f"told: {kind}" in line] or None
