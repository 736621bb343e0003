"""The simulated media host: playlists, the initialisation section and segments, each behind its token."""

from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Request, Response

from simulated_channel.broadcast import Broadcast
from simulated_channel.channel import Channels
from simulated_channel.journal import Journal
from simulated_channel.playlists import master_playlist, media_playlist
from simulated_channel.signing import Signer

MASTER_ROUTE = "/chzzk/lip2_kr/simulated/<address>/<file>"
MEDIA_ROUTE = "/chzzk/lip2_kr/simulated/<address>/360p/hdntl=<path:token>/<file>"

_MASTER_FILES = {"HLS": "hls_playlist.m3u8", "LLHLS": "playlist.m3u8", "audioOnly": "hls_audioOnly_playlist.m3u8"}
_MEDIA_PLAYLIST = "hls_chunklist.m3u8"
_REWOUND = {"hls_rewound_playlist.m3u8": "hls_rewound_chunklist.m3u8"}


class MediaHost:
    """Serves what is on air, and the last window of what no longer is.

    Of the masters only `HLS` is simulated, and the time machine's.
    """

    def __init__(self, channels: Channels, signer: Signer, journal: Journal) -> None:
        self._channels = channels
        self._signer = signer
        self._journal = journal

    def urls(self, broadcast: Broadcast, base_url: str) -> dict[str, str]:
        """The signed master playlists by their `mediaId`, and `audioOnly`."""
        token = self._signer.hdnts(_acl(broadcast.address))
        folder = f"{base_url}/chzzk/lip2_kr/simulated/{broadcast.address}"
        return {media_id: f"{folder}/{file}?hdnts={token}" for media_id, file in _MASTER_FILES.items()}

    def rewound_urls(self, broadcast: Broadcast, base_url: str) -> dict[str, str]:
        """The same, where `HLS` is the time machine's."""
        urls = self.urls(broadcast, base_url)
        [rewound] = _REWOUND
        return urls | {"HLS": urls["HLS"].replace(_MASTER_FILES["HLS"], rewound)}

    def master(self, request: Request, address: str, file: str) -> Response:
        """Raises Forbidden without a good `hdnts`, NotFound for another playlist than the one of `HLS`."""
        self._check("hdnts", request.args.get("hdnts", ""), request)
        chunklist = {_MASTER_FILES["HLS"]: _MEDIA_PLAYLIST, **_REWOUND}.get(file)
        if chunklist is None:
            raise NotFound
        token = self._signer.hdntl(_acl(address)).replace("/", "%2f")
        return _playlist(master_playlist(f"360p/hdntl={token}/{chunklist}?vp=x"))

    def media(self, request: Request, address: str, token: str, file: str) -> Response:
        """Raises Forbidden without a good `hdntl`, NotFound for what is not there or no longer."""
        self._check("hdntl", token, request)
        broadcast = self._channels.broadcast_at(address)
        if broadcast is None:
            raise NotFound
        if file == _MEDIA_PLAYLIST:
            return self._window_of(broadcast)
        if file in _REWOUND.values() and broadcast.on_air:
            return _playlist(media_playlist(broadcast.rewound(), ended=False))
        path = broadcast.served_file(file, rewinds=self._rewinds(request))
        if path is None:
            raise NotFound
        return Response(path.read_bytes(), mimetype="video/mp4")

    def _window_of(self, broadcast: Broadcast) -> Response:
        ended = not broadcast.on_air  # asked first: a broadcast closes only after its last segment
        window = broadcast.window()
        self._journal.note(broadcast.live_id, window)
        return _playlist(media_playlist(window, ended=ended))

    def _rewinds(self, request: Request) -> bool:
        """What lies further back asks for the master's token, under a name of its own."""
        return self._signer.opens("hdnts", request.args.get("__bgda__", ""), request.path)

    def _check(self, name: str, token: str, request: Request) -> None:
        if not self._signer.opens(name, token, request.path):
            raise Forbidden


def _acl(address: str) -> str:
    return f"*/{address}/*"


def _playlist(text: str) -> Response:
    return Response(text, mimetype="application/vnd.apple.mpegurl")
