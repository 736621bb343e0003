"""A recording and what was made of it, as the API tells them."""

from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from mntreamer.api.resources.cuts import cut_view
from mntreamer.api.resources.markers import marker_view
from mntreamer.domain.monitors.delays import start_delay_s
from mntreamer.domain.playlists.timelines import Timelines, facts_of_range, in_seconds
from mntreamer.domain.recordings.account import facts_of
from mntreamer.domain.recordings.gap import Gap
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.recordings.recording_cost import RecordingRates, cost_of
from mntreamer.domain.refining.clipping import PlacedClip, placed_clips
from mntreamer.domain.refining.cutting import placed_cuts
from mntreamer.domain.refining.gap_places import PlacedGap, placed_gaps
from mntreamer.domain.refining.marking import placed_markers
from mntreamer.domain.times import to_iso
from mntreamer.ports import Ports
from mntreamer.rows import Row, to_row
from mntreamer.usecases.recordings.keep_account import account_in
from mntreamer.usecases.recordings.play_recording import clip_url, playlist_url
from mntreamer.usecases.refining.lay_out import lay_out

View = dict[str, Any]
# A launch costs a hundredth of a cent.
_DIGITS_OF_DOLLARS = 4
_NOTHING_STORED: View = {
    "target_duration_s": None,
    "source_duration_s": 0.0,
    "published_duration_s": 0.0,
    "cuts": [],
    "markers": [],
    "clips": [],
}


@dataclass(frozen=True, slots=True)
class RecordingViews:
    """`app` answers the request that the views are for: their links lead to where it came in.

    Without `rates` nobody can say what a recording has cost.
    """

    app: APIGatewayHttpResolver
    ports: Ports
    playback_key: bytes
    rates: RecordingRates | None

    def in_list(self, recording: Recording) -> Row:
        """What its row tells; nothing else is read."""
        is_deleted = recording.status is RecordingStatus.TERMINATED
        url = playlist_url(self.ports, recording, self.playback_key)
        return to_row(recording) | {
            "start_delay_s": start_delay_s(recording),
            "cost_dollars": self._dollars(recording),
            "playlist_url": None if is_deleted else self.absolute(url),
        }

    def in_full(self, recording: Recording) -> View:
        """All that an editor needs. Raises SourceError for what is damaged."""
        lines = lay_out(self.ports, recording)
        gaps = account_in(self.ports.store, recording.prefix).gaps
        missing = map(_gap, placed_gaps(gaps, lines)) if lines else map(_gap_nowhere, gaps)
        laid_out = self._laid_out(recording, lines) if lines else _NOTHING_STORED
        return self.in_list(recording) | laid_out | {"missing": list(missing)}

    def clip(self, recording: Recording, placed: PlacedClip) -> View:
        """A clip with its own link; without its ranges where the source no longer lists it."""
        clip = placed.clip
        return {
            "clip_id": clip.clip_id,
            "title": clip.title,
            "made_at": to_iso(clip.made_at),
            "duration_s": in_seconds(placed.played_us),
            "playlist_url": self.absolute(clip_url(self.ports, recording, clip, self.playback_key)),
            **(facts_of_range(placed.range) if placed.range else {}),
        }

    def _dollars(self, recording: Recording) -> float | None:
        if self.rates is None:
            return None
        return round(cost_of(recording, self.rates, self.ports.clock()).in_all, _DIGITS_OF_DOLLARS)

    def _laid_out(self, recording: Recording, lines: Timelines) -> View:
        return {
            "target_duration_s": lines.source.target_duration_s,
            "source_duration_s": in_seconds(lines.source.duration_us),
            "published_duration_s": in_seconds(lines.published.duration_us),
            "cuts": [cut_view(placed) for placed in placed_cuts(lines.edits, lines.source)],
            "markers": [marker_view(placed) for placed in placed_markers(lines)],
            "clips": [self.clip(recording, placed) for placed in placed_clips(lines)],
        }

    def absolute(self, url: str) -> str:
        """One of our own paths as a URL of where the request came in; any other URL as it is."""
        headers = self.app.current_event.headers
        origin = f"{headers.get('x-forwarded-proto', 'https')}://{headers['host']}"
        return origin + url if url.startswith("/") else url


def _gap_nowhere(gap: Gap) -> View:
    return facts_of(gap) | {"source": None, "published": None}


def _gap(placed: PlacedGap) -> View:
    at = placed.at
    on_both = {"source": in_seconds(at.source.begin_us), "published": in_seconds(at.published.begin_us)}
    return facts_of(placed.gap) | on_both
