"""The routes of CHZZK's web API that are simulated, with its ways of saying no."""

import json
import re
from collections.abc import Callable
from http import HTTPStatus

from werkzeug.wrappers import Request, Response

from simulated_channel import answers
from simulated_channel.broadcast import Broadcast
from simulated_channel.channel import Channel, Channels
from simulated_channel.media_host import MediaHost
from simulated_channel.playback import Json, live_playback

SEARCH_ROUTE = "/service/v1/search/channels"
CHANNEL_ROUTE = "/service/v1/channels/<channel_id>"
VIDEOS_ROUTE = "/service/v1/channels/<channel_id>/videos"
LIVE_STATUS_ROUTE = "/polling/v3.1/channels/<channel_id>/live-status"
REWIND_ROUTE = "/service/v1/channels/<channel_id>/live-playback-json"
LIVE_DETAIL_ROUTE = "/service/v3.3/channels/<channel_id>/live-detail"

_CHANNEL_ID = re.compile(r"[0-9a-f]{32}")


class Api:
    """Answers for the channels. `base_url` is where the media host is reached."""

    def __init__(self, channels: Channels, media_host: MediaHost, base_url: str) -> None:
        self._channels = channels
        self._media_host = media_host
        self._base_url = base_url

    def search(self, request: Request) -> Response:
        keyword = request.args.get("keyword", "")
        if not keyword:
            return _bad_value()
        offset, size = request.args.get("offset", 0, int), request.args.get("size", 13, int)
        return _content(answers.found_channels(self._channels.found_for(keyword), offset, size))

    def channel(self, _request: Request, channel_id: str) -> Response:
        """An unknown id is answered with HTTP 200 and `channelId: null`."""
        channel = self._channels.get(channel_id)
        return _content(answers.channel_by_id(channel) if channel else answers.unknown_channel())

    def videos(self, request: Request, channel_id: str) -> Response:
        """Only the first page, the newest first."""
        channel = self._channels.get(channel_id)
        return _content(answers.videos(channel, request.args.get("size", 16, int)) if channel else None)

    def live_status(self, _request: Request, channel_id: str) -> Response:
        return self._live(channel_id, answers.live_status)

    def live_detail(self, _request: Request, channel_id: str) -> Response:
        return self._live(channel_id, self._detail)

    def rewind(self, _request: Request, channel_id: str) -> Response:
        """Without a time machine the same as in the live detail."""
        return self._live(channel_id, self._rewound)

    def _rewound(self, _channel: Channel, broadcast: Broadcast) -> Json:
        rewinds = broadcast.rewinds_by > 0
        find = self._media_host.rewound_urls if rewinds else self._media_host.urls
        return answers.rewound_playback(live_playback(broadcast, find(broadcast, self._base_url), rewinds=rewinds))

    def _detail(self, channel: Channel, broadcast: Broadcast) -> Json:
        urls = self._media_host.urls(broadcast, self._base_url)
        return answers.live_detail(channel, broadcast, live_playback(broadcast, urls))

    def _live(self, channel_id: str, told: Callable[[Channel, Broadcast], Json]) -> Response:
        if not _CHANNEL_ID.fullmatch(channel_id):
            return _bad_value()
        channel = self._channels.get(channel_id)
        if channel is None:
            return _json(answers.failed(404, "채널이 존재하지 않습니다."), HTTPStatus.NOT_FOUND)
        return _content(told(channel, channel.latest) if channel.latest else None)


def _bad_value() -> Response:
    return _json(answers.failed(400, "잘못된 값을 입력했습니다."), HTTPStatus.BAD_REQUEST)


def _content(content: Json | None) -> Response:
    return _json(answers.enveloped(content), HTTPStatus.OK)


def _json(body: Json, status: HTTPStatus) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/json")
