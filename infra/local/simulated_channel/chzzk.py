"""The simulated platform as its user sees it: start it, add a channel, let it go live and offline."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from simulated_channel import api, media_host
from simulated_channel.broadcast import Broadcast, Truth
from simulated_channel.channel import Channel, Channels
from simulated_channel.http_server import HttpServer
from simulated_channel.journal import Journal
from simulated_channel.signing import Signer
from simulated_channel.transmission import Transmission

_LONG_S = 16.5 * 3600
_FIRST_LIVE_ID = 21334001


def _now() -> datetime:
    return datetime.now(UTC)


class SimulatedChzzk:
    """A platform with its API and its media host on one loopback address.

    All segments are kept below `folder`. Tokens live for `token_life_s`. `base_url` is known at once, and answers
    between `start` and `stop`.
    """

    def __init__(
        self,
        folder: Path,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        token_life_s: float = _LONG_S,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._channels = Channels()
        self._live_ids = count(_FIRST_LIVE_ID)
        self._transmissions: dict[str, Transmission] = {}
        self.journal = Journal(clock)
        self._server = HttpServer(Request.application(self._answer), host, port)
        signer = Signer(secrets.token_bytes(32), token_life_s, clock)
        self._routes = _routes(
            self._channels, media_host.MediaHost(self._channels, signer, self.journal), self.base_url
        )

    @property
    def base_url(self) -> str:
        return self._server.url

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        """Ends every broadcast, then the server."""
        try:
            for channel_id in list(self._transmissions):
                self.go_offline(channel_id)
        finally:
            self._server.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()

    def add_channel(self, nickname: str) -> str:
        """The id of a new channel that never broadcast."""
        channel = Channel(secrets.token_hex(16), nickname)
        self._channels.add(channel)
        return channel.channel_id

    def go_live(self, channel_id: str, title: str, category: str, *, rewinds_by: int = 0) -> int:
        """Start a new broadcast; its `liveId`, once its first segment is listed: only then the platform shows it.

        `rewinds_by`: its time machine goes back by so many segments.
        Raises LookupError for an unknown channel, ValueError for one that is live, RuntimeError if FFmpeg fails.
        """
        channel = self._channel(channel_id)
        if channel.on_air:
            raise ValueError(f"{channel.nickname} is live already")
        live_id = next(self._live_ids)
        folder = self._folder / channel_id / str(live_id)
        broadcast = Broadcast(live_id, title, category, self._clock(), folder, secrets.token_hex(18))
        broadcast.rewinds_by = rewinds_by
        transmission = Transmission(broadcast)
        transmission.start()
        self._transmissions[channel_id] = transmission
        channel.broadcasts.append(broadcast)
        return live_id

    def change_topic(self, channel_id: str, title: str, category: str) -> None:
        """The broadcast goes on under another title and category. Raises LookupError if there is none."""
        broadcast = self.broadcast(channel_id)
        broadcast.title, broadcast.category = title, category

    def go_offline(self, channel_id: str) -> None:
        """End the broadcast. Raises LookupError if there is none, RuntimeError if it broke off before."""
        self._transmissions.pop(channel_id).stop()
        self.broadcast(channel_id).closed_at = self._clock()

    def broadcast(self, channel_id: str) -> Broadcast:
        """The channel's latest broadcast. Raises LookupError if there is none."""
        broadcast = self._channel(channel_id).latest
        if broadcast is None:
            raise LookupError(f"channel {channel_id} never broadcast")
        return broadcast

    def truth(self, channel_id: str) -> Truth:
        """What the channel's latest broadcast really was, so far. Raises LookupError if there is none."""
        return self.broadcast(channel_id).truth

    def _channel(self, channel_id: str) -> Channel:
        channel = self._channels.get(channel_id)
        if channel is None:
            raise LookupError(f"no channel {channel_id} was added")
        return channel

    def _answer(self, request: Request) -> Response:
        try:
            endpoint, values = self._routes.bind_to_environ(request.environ).match()
            response: Response = endpoint(request, **values)
        except HTTPException as error:
            return Response(error.name, error.code, mimetype="text/plain")
        return response


def _routes(channels: Channels, host: media_host.MediaHost, base_url: str) -> Map:
    chzzk = api.Api(channels, host, base_url)
    endpoints = {
        api.SEARCH_ROUTE: chzzk.search,
        api.CHANNEL_ROUTE: chzzk.channel,
        api.VIDEOS_ROUTE: chzzk.videos,
        api.LIVE_STATUS_ROUTE: chzzk.live_status,
        api.LIVE_DETAIL_ROUTE: chzzk.live_detail,
        api.REWIND_ROUTE: chzzk.rewind,
        media_host.MASTER_ROUTE: host.master,
        media_host.MEDIA_ROUTE: host.media,
    }
    return Map([Rule(route, methods=["GET"], endpoint=endpoint) for route, endpoint in endpoints.items()])
