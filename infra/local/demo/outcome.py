"""What the demo found, as its last line tells it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from demo.failures import DidNotHappen
from demo.story import Told
from demo.verification import Published, Verdict
from mntreamer.domain.media_path import PUBLISHED_PLAYLIST


@dataclass(frozen=True, slots=True)
class Outcome:
    """`segments` are those that the published playlist lists; `lost_segments` counts the source's."""

    detected_after_s: float
    segments: int
    lost_segments: int
    duration_s: float
    playlist: str
    playlist_path: str

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def outcome(told: Told, published: Published, verdict: Verdict, playlist_url: str, data: Path) -> Outcome:
    """Raises DidNotHappen if the published playlist is no file below `data`."""
    path = data / told.recording["prefix"] / PUBLISHED_PLAYLIST
    if not path.is_file():
        raise DidNotHappen(f"{path} is not there, although the playlist could be fetched")
    return Outcome(
        detected_after_s=round(told.detected_after_s, 3),
        segments=published.segments,
        lost_segments=len(verdict.lost),
        duration_s=round(published.duration_s, 3),
        playlist=playlist_url,
        playlist_path=str(path),
    )
