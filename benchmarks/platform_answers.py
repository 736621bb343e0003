"""What a CHZZK with many channels answers: each body is encoded once, and only the channel's id is put into it."""

import json
import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from simulated_channel import answers
from simulated_channel.broadcast import Broadcast
from simulated_channel.channel import Channel
from simulated_channel.playback import Json, live_playback

_ID = "f" * 32  # stands in the encoded answers where the channel's id and its name go
_PLACE = _ID.encode()
_LIVE_ID = 21334001
_SINCE = timedelta(minutes=10)
_MEDIA = "https://media.invalid"  # RFC 6761: leads nowhere; nothing is recorded in a benchmark
_ASKED = re.compile(rb"GET /([a-z]+/v[0-9.]+)/channels/([0-9a-f]{32})(/[a-z-]+)? HTTP/1\.1\r\n")
_NOWHERE = (HTTPStatus.NOT_FOUND, answers.failed(HTTPStatus.NOT_FOUND, "no such call"))
_NO_CHANNEL = (HTTPStatus.NOT_FOUND, answers.failed(HTTPStatus.NOT_FOUND, "no such channel"))


def channel_id_of(number: int) -> str:
    """The id of one of the channels, which are counted from 0."""
    return f"{number:032x}"


class Answers:
    """Whole HTTP/1.1 answers for channels 0 to `channels` - 1, of which those in `live` are on air."""

    def __init__(self, channels: int, live: Collection[int]) -> None:
        self._channels = channels
        self._live = frozenset(live)
        self._on_air, self._off_air = _by_call(on_air=True), _by_call(on_air=False)
        self._of_no_channel = _of_no_channel()
        self._nowhere = _encoded(*_NOWHERE)

    def to(self, head: bytes) -> bytes:
        """The answer to a request, given its head."""
        asked = _ASKED.match(head)
        call = asked and (asked[1], asked[3])
        if not asked or call not in self._of_no_channel:
            return self._nowhere
        number = int(asked[2], 16)
        if number >= self._channels:
            return self._of_no_channel[call]
        bodies = self._on_air if number in self._live else self._off_air
        return bodies[call].replace(_PLACE, asked[2])


_Call = tuple[bytes, bytes | None]
_CHANNEL: _Call = (b"service/v1", None)
_LIVE_STATUS: _Call = (b"polling/v3.1", b"/live-status")
_LIVE_DETAIL: _Call = (b"service/v3.3", b"/live-detail")


def _by_call(*, on_air: bool) -> dict[_Call, bytes]:
    channel, broadcast = _broadcasting(on_air=on_air)
    contents = {
        _CHANNEL: answers.channel_by_id(channel),
        _LIVE_STATUS: answers.live_status(channel, broadcast),
        _LIVE_DETAIL: answers.live_detail(channel, broadcast, _playback(broadcast)),
    }
    return {call: _encoded(HTTPStatus.OK, answers.enveloped(content)) for call, content in contents.items()}


def _of_no_channel() -> dict[_Call, bytes]:
    unknown = _encoded(*_NO_CHANNEL)
    channel = _encoded(HTTPStatus.OK, answers.enveloped(answers.unknown_channel()))
    return {_CHANNEL: channel, _LIVE_STATUS: unknown, _LIVE_DETAIL: unknown}


def _broadcasting(*, on_air: bool) -> tuple[Channel, Broadcast]:
    now = datetime.now(UTC)
    broadcast = Broadcast(_LIVE_ID, "A broadcast", "talk", now - _SINCE, Path(), "", None if on_air else now)
    return Channel(_ID, _ID, [broadcast]), broadcast


def _playback(broadcast: Broadcast) -> Json:
    url: Callable[[str], str] = f"{_MEDIA}/{_ID}/{{}}.m3u8".format
    return live_playback(broadcast, {name: url(name) for name in ("HLS", "LLHLS", "audioOnly")})


def _encoded(status: HTTPStatus, body: Json) -> bytes:
    content = json.dumps(body, ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        "Content-Type: application/json;charset=UTF-8\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content
