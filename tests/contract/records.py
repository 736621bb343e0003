"""Records to store: complete ones, of which a test says only what it is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from mntreamer.domain.monitors.streamer import Streamer, streamer_id_of
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.recording import Recording, recording_id_of

NOON = datetime(2026, 11, 22, 3, 0, 0, 123000, tzinfo=UTC)


def minutes(amount: float) -> timedelta:
    return timedelta(minutes=amount)


def a_problem(text: str) -> Reason:
    return Reason(text, ProblemCode.ERROR)


def a_streamer(channel_id: str = "c1", **changes: Any) -> Streamer:
    facts: dict[str, Any] = {
        "streamer_id": streamer_id_of("chzzk", channel_id),
        "platform": "chzzk",
        "channel_id": channel_id,
        "nickname": "한글 nickname 🎮",
        "channel_name": "한글 nickname 🎮",
        "added_at": NOON - minutes(60),
        "check_at": NOON,
    }
    return Streamer(**(facts | changes))


def a_recording(live_id: str = "1001", channel_id: str = "c1", **changes: Any) -> Recording:
    streamer_id = streamer_id_of("chzzk", channel_id)
    facts: dict[str, Any] = {
        "recording_id": recording_id_of(streamer_id, live_id),
        "streamer_id": streamer_id,
        "platform": "chzzk",
        "channel_id": channel_id,
        "channel_name": "채널",
        "live_id": live_id,
        "title": "첫 방송",
        "category": "",
        "started_at": NOON,
        "opened_at": NOON + minutes(1),
        "n": 1,
        "prefix": "media/chzzk/채널.1f0a9c3e/2026/11/22/1/",
        "generation": 1,
        "lease_until": NOON + minutes(3),
    }
    return Recording(**(facts | changes))
