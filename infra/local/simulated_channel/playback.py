"""`livePlaybackJson`: where a broadcast can be played, in the shape of CHZZK's."""

from collections.abc import Mapping
from typing import Any

from simulated_channel.broadcast import Broadcast
from simulated_channel.encoder import FRAMES_PER_SECOND
from simulated_channel.kst import in_kst
from simulated_channel.picture import HEIGHT, WIDTH
from simulated_channel.sound import SAMPLE_RATE

Json = dict[str, Any]

_SOUND = {"audioSamplingRate": SAMPLE_RATE, "audioChannel": 2, "avoidReencoding": False}

_360P = {
    "encodingTrackId": "360p",
    "videoProfile": "baseline",
    "audioProfile": "LC",
    "videoCodec": "H264",
    "videoBitRate": 600000,
    "audioBitRate": 96000,
    "videoFrameRate": f"{FRAMES_PER_SECOND:.1f}",
    "videoWidth": WIDTH,
    "videoHeight": HEIGHT,
    **_SOUND,
    "videoDynamicRange": "SDR",
}


def live_playback(broadcast: Broadcast, urls: Mapping[str, str], *, rewinds: bool = False) -> Json:
    """`urls`: the signed master playlists by `mediaId`, and the one of the sound alone as `audioOnly`.

    `rewinds`: they are the time machine's.
    """
    began = in_kst(broadcast.opened_at, "T")
    return {
        "meta": _meta(broadcast),
        "serviceMeta": {"contentType": "VIDEO"},
        "live": {
            "start": began,
            "open": began,
            "timeMachine": rewinds,
            "status": "STARTED" if broadcast.on_air else "ENDED",
        },
        "api": [],
        "media": _media(urls) if broadcast.on_air else [],
        "thumbnail": {"snapshotThumbnailTemplate": None, "types": ["720", "480", "360", "270", "144"]},
        "multiview": [],
    }


def _meta(broadcast: Broadcast) -> Json:
    return {
        "videoId": broadcast.address.upper(),
        "streamSeq": broadcast.live_id,
        "liveId": str(broadcast.live_id),
        "paidLive": False,
        "cdnInfo": {"cdnType": "GCDN" if broadcast.on_air else "LCDN_COLD"},
        "p2p": False,
        "cmcdEnabled": False,
        "playbackAuthType": "NONE",
    }


def _media(urls: Mapping[str, str]) -> list[Json]:
    tracks = [_360P, _audio_only(urls["audioOnly"])]
    return [
        {
            "mediaId": "LLHLS",
            "protocol": "HLS",
            "path": urls["LLHLS"],
            "latency": "lowLatency",
            "encodingTrack": tracks,
        },
        {"mediaId": "HLS", "protocol": "HLS", "path": urls["HLS"], "encodingTrack": tracks},
    ]


def _audio_only(url: str) -> Json:
    return {
        "encodingTrackId": "audioOnly",
        "path": url,
        "audioCodec": "AAC",
        "audioBitRate": 96000,
        "audioOnly": True,
        **_SOUND,
    }
