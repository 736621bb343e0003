"""A recording and what was made of it, as the API tells them."""

from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from mntreamer.api.resources.cuts import cut_view
from mntreamer.api.resources.markers import marker_view
from mntreamer.api.resources.reason_views import problem_view
from mntreamer.domain.monitors.delays import start_delay_s
from mntreamer.domain.playlists.timelines import Timelines, facts_of_range, in_seconds
from mntreamer.domain.recordings.account import Account, facts_of, facts_of_chapter
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.recordings.recording_cost import RecordingRates, cost_of
from mntreamer.domain.refining.clipping import PlacedClip, placed_clips
from mntreamer.domain.refining.cutting import placed_cuts
from mntreamer.domain.refining.gap_places import PlacedGap, placed_gaps
from mntreamer.domain.refining.marking import placed_markers
from mntreamer.domain.refining.placed_chapters import PlacedChapter, placed_chapters
from mntreamer.domain.times import to_iso
from mntreamer.ports import Ports
from mntreamer.rows import to_row
from mntreamer.usecases.recordings.play_recording import clip_url, playlist_url, source_url
from mntreamer.usecases.recordings.show_pictures import poster_url, thumbnails_url
from mntreamer.usecases.recordings.stored.ledger import account_in
from mntreamer.usecases.refining.lay_out import LaidOut, lay_out

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

    def in_list(self, recording: Recording) -> View:
        """What its row tells; nothing else is read."""
        is_deleted = recording.status is RecordingStatus.TERMINATED
        url = playlist_url(self.ports, recording, self.playback_key)
        told = to_row(recording) | problem_view(recording.problem)
        return told | {
            "start_delay_s": start_delay_s(recording),
            "cost_dollars": self._dollars(recording),
            "playlist_url": None if is_deleted else self.absolute(url),
            "poster_url": self._absolute_if_any(poster_url(self.ports, recording, self.playback_key)),
        }

    def in_full(self, recording: Recording) -> View:
        """All that an editor needs. Raises SourceError for what is damaged."""
        account, laid_out = account_in(self.ports.store, recording), lay_out(self.ports, recording)
        told = self.in_list(recording) | {
            "source_url": self._source_url(recording),
            "thumbnails_url": self._absolute_if_any(thumbnails_url(self.ports, recording, self.playback_key)),
        }
        if laid_out is None:
            return told | _NOTHING_STORED | _nowhere(account)
        return told | self._on(recording, laid_out.lines) | _placed(account, laid_out)

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

    def _source_url(self, recording: Recording) -> str | None:
        """Where all that was recorded is played, without the cuts."""
        is_deleted = recording.status is RecordingStatus.TERMINATED
        return None if is_deleted else self.absolute(source_url(self.ports, recording, self.playback_key))

    def _absolute_if_any(self, url: str | None) -> str | None:
        return self.absolute(url) if url else None

    def _dollars(self, recording: Recording) -> float | None:
        if self.rates is None:
            return None
        return round(cost_of(recording, self.rates, self.ports.clock()).in_all, _DIGITS_OF_DOLLARS)

    def _on(self, recording: Recording, lines: Timelines) -> View:
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


def _nowhere(account: Account) -> View:
    nowhere: View = {"source": None, "published": None}
    return {
        "missing": [facts_of(gap) | nowhere for gap in account.gaps],
        "chapters": [facts_of_chapter(chapter) | nowhere for chapter in account.chapters],
    }


def _placed(account: Account, laid_out: LaidOut) -> View:
    chapters = placed_chapters(account.chapters, laid_out.source, laid_out.lines.edits)
    return {
        "missing": [_gap(placed) for placed in placed_gaps(account.gaps, laid_out.lines)],
        "chapters": [_chapter(placed) for placed in chapters],
    }


def _chapter(placed: PlacedChapter) -> View:
    begins_us = {"source": placed.source_us, "published": placed.published_us}
    begins = {line: None if at_us is None else in_seconds(at_us) for line, at_us in begins_us.items()}
    return facts_of_chapter(placed.chapter) | begins


def _gap(placed: PlacedGap) -> View:
    at = placed.at
    on_both = {"source": in_seconds(at.source.begin_us), "published": in_seconds(at.published.begin_us)}
    return facts_of(placed.gap) | on_both
