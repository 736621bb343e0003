"""The story: a channel is added while it is offline, goes live, is noticed, is recorded and ends."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from demo.api import Api, Json
from demo.failures import DidNotHappen
from demo.progress import Progress
from demo.waiting import wait_for
from mntreamer.domain.times import from_iso
from simulated_channel import SimulatedChzzk

NICKNAME = "데모"

_LIVE_BEFORE_CHECK_S = 13.0
_LIVE_FOR_S = 33.0
_CHECK_WITHIN_S = 75.0
_MISSED_WITHIN_S = 15.0
_NOTICED_WITHIN_S = _LIVE_BEFORE_CHECK_S + 15.0
_STORED_WITHIN_S = 20.0
_FINALISED_WITHIN_S = 45.0


@dataclass(frozen=True, slots=True)
class Told:
    """How the story went. `recording` as the API shows it at the end."""

    channel_id: str
    recording: Json
    detected_after_s: float


class Story:
    """Tells itself once. Every part raises DidNotHappen when what it waits for does not come."""

    def __init__(self, chzzk: SimulatedChzzk, api: Api, progress: Progress) -> None:
        self._chzzk = chzzk
        self._api = api
        self._progress = progress
        self._channel_id = chzzk.add_channel(NICKNAME)

    def tell(self) -> Told:
        self._add()
        self._go_live_before(self._next_check())
        recording_id = self._noticed()
        self._record(recording_id)
        recording = self._finalised(recording_id)
        went_live = self._chzzk.broadcast(self._channel_id).opened_at
        detected_after_s = (from_iso(recording["opened_at"]) - went_live).total_seconds()
        return Told(self._channel_id, recording, detected_after_s)

    def _add(self) -> None:
        added = self._api.add_streamer(NICKNAME)
        if added["channel_id"] != self._channel_id:
            raise DidNotHappen(f"the nickname {NICKNAME} was resolved to another channel, {added['channel_id']}")
        self._progress.happened(f"{NICKNAME} was added by its nickname: channel {self._channel_id}, offline")

    def _next_check(self) -> datetime:
        self._progress.awaiting("a first look at the channel")
        streamer = wait_for("a first look that misses", self._missed, _MISSED_WITHIN_S)
        self._progress.happened("A first look found nobody on air; the next is due in a minute")
        return from_iso(streamer["check_at"])

    def _missed(self) -> Json | None:
        streamer = self._api.streamer(self._channel_id)
        return streamer if streamer["miss_count"] and streamer["status"] == "IDLE" else None

    def _go_live_before(self, check_at: datetime) -> None:
        self._wait_until(check_at - timedelta(seconds=_LIVE_BEFORE_CHECK_S), "the channel to go live")
        self._chzzk.go_live(self._channel_id, "mntreamer 데모 방송", "talk")
        self._progress.happened("The channel is live: FFmpeg encodes a clock, a counter and a tone in real time")

    def _noticed(self) -> str:
        self._progress.awaiting("the next look at the channel")
        recording_id = wait_for("the channel is noticed to be live", self._recording_id, _NOTICED_WITHIN_S)
        self._progress.happened(f"The tick noticed it and opened recording {recording_id}")
        return recording_id

    def _recording_id(self) -> str | None:
        recording_id: str | None = self._api.streamer(self._channel_id)["recording_id"]
        return recording_id

    def _record(self, recording_id: str) -> None:
        self._progress.awaiting("the first stored segment")
        wait_for("a first segment is stored", lambda: self._stored(recording_id), _STORED_WITHIN_S)
        self._progress.happened("The first segment is stored and published")
        over_at = self._chzzk.broadcast(self._channel_id).opened_at + timedelta(seconds=_LIVE_FOR_S)
        self._wait_until(over_at, "the broadcast to end", recording_id)
        self._chzzk.go_offline(self._channel_id)
        self._progress.happened("The channel went offline")

    def _stored(self, recording_id: str) -> Json | None:
        recording = self._api.recording(recording_id)
        return recording if recording["segments"] else None

    def _finalised(self, recording_id: str) -> Json:
        self._progress.awaiting("the recording to be finalised")
        recording = wait_for("the recording is finalised", lambda: self._closed(recording_id), _FINALISED_WITHIN_S)
        self._progress.happened(f"The recording is closed: {_figures(recording)}")
        return recording

    def _closed(self, recording_id: str) -> Json | None:
        recording = self._api.recording(recording_id)
        if recording["status"] == "FAILED":
            raise DidNotHappen("the recording FAILED: nothing could be kept")
        return recording if recording["status"] == "IDLE" else None

    def _wait_until(self, moment: datetime, what: str, recording_id: str | None = None) -> None:
        left_s = (moment - datetime.now(UTC)).total_seconds()
        if left_s > _CHECK_WITHIN_S:
            raise DidNotHappen(f"{what}: due only in {left_s:.0f} s, the back-off's first step is a minute")

        def come() -> bool | None:
            remaining_s = (moment - datetime.now(UTC)).total_seconds()
            figures = _figures(self._api.recording(recording_id)) if recording_id else ""
            self._progress.awaiting(f"waiting for {what}", f"in {max(remaining_s, 0):.0f} s  {figures}")
            return remaining_s <= 0 or None

        wait_for(what, come, max(left_s, 0) + 10)


def _figures(recording: Json) -> str:
    return f"{recording['segments']} segments, {recording['duration_s']:.1f} s"
