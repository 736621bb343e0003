"""Where a recording's objects lie: readable for people, safe as an S3 key and as a path on any file system."""

import hashlib
import re
import unicodedata
from datetime import date

MEDIA = "media/"
SOURCE_PLAYLIST = "source.m3u8"
PUBLISHED_PLAYLIST = "index.m3u8"
# For those who watch while it is recorded; see `published_playlist`.
LIVE_PLAYLIST = "live.m3u8"
EDITS = "edits.json"
SEGMENTS = "segments/"
EPOCHS = "epochs/"
DAMAGED = "damaged/"
ACCOUNT = "recording.json"
POSTER = "poster.jpg"
THUMBNAILS = "thumbnails/"
THUMBNAIL_TRACK = "thumbnails.vtt"

_NAME_BYTES = 96
_NOT_SAFE = re.compile(r"[^\w-]+")
_PREFIX = re.compile(r"media/[^/]+/[^/]+/\d{4}/\d\d/\d\d/\d+/")


def recording_prefix(platform: str, channel_id: str, channel_name: str, day: date, n: int) -> str:
    """`media/chzzk/이름.1f0a9c3e/2026/11/22/1/`. The digest keeps channels of one name apart."""
    digest = hashlib.sha256(channel_id.encode()).hexdigest()[:8]
    return f"{MEDIA}{platform}/{safe_name(channel_name)}.{digest}/{day:%Y/%m/%d}/{n}/"


def is_recording_prefix(prefix: str) -> bool:
    """Whether all that lies below it is one recording's."""
    return _PREFIX.fullmatch(prefix) is not None


def safe_name(name: str) -> str:
    """The name in NFC, its letters and digits kept, everything else an underscore, cut at 96 bytes."""
    escaped = _NOT_SAFE.sub("_", unicodedata.normalize("NFC", name)).strip("_")
    return escaped.encode()[:_NAME_BYTES].decode(errors="ignore") or "_"
