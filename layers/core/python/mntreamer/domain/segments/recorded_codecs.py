"""Which codecs are recorded: those that MPEG-TS has a stream type for which players agree on.

AV1, VP9 and Opus have none: what is written for them is private data, which nothing plays.
"""

import re

from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason

_RECORDED_TRACKS = {"video": ("h264", "hevc"), "audio": ("aac", "mp3", "ac3", "eac3")}
_IN_WORDS = "H.264 and HEVC with AAC, MP3 or AC-3"
# RFC 6381, section 3.3, and what is no codec of picture or sound. mp4a.40.42 is xHE-AAC, which has no ADTS header.
_RECORDED_CODECS = re.compile(r"(avc[1-4]|hvc1|hev1|mp4a|stpp|wvtt)(?!\.40\.42$)(\..*)?|[ae]c-3", re.IGNORECASE)


def refusal_of(kind: str, codec: str) -> Reason | None:
    """Why a track may not be recorded; `kind` and `codec` by FFmpeg's names."""
    return None if codec in _RECORDED_TRACKS[kind] else _refusal(codec)


def refusal_of_codecs(codecs: str | None) -> Reason | None:
    """Why a rendition may not be recorded, by its CODECS (RFC 8216, section 4.3.4.2), where it has any."""
    unrecorded = [
        codec for codec in re.split(r"[\s,]+", codecs or "") if codec and not _RECORDED_CODECS.fullmatch(codec)
    ]
    return _refusal(", ".join(unrecorded)) if unrecorded else None


def _refusal(codec: str) -> Reason:
    text = f"the stream's codec is {codec}; recorded are {_IN_WORDS}"
    return Reason(text, ProblemCode.CODEC_NOT_RECORDED, codec=codec)
