"""The text of `edits.json`."""

import json
from collections.abc import Mapping
from typing import Any

from mntreamer.domain.errors import SourceError
from mntreamer.domain.playlists.source_playlist import parse_segment_name
from mntreamer.domain.refining.edits import Answered, Clip, Cut, Edits, Marker, Share, Span
from mntreamer.domain.times import from_iso, to_iso

Facts = Mapping[str, Any]


def render_edits(edits: Edits) -> str:
    """JSON with a line for each edit; segments by their files' names."""
    facts = {
        "withdrawn": edits.is_withdrawn,
        "cuts": [_cut(cut) for cut in edits.cuts],
        "markers": [_marker(marker) for marker in edits.markers],
        "clips": [_clip(clip) for clip in edits.clips],
        "shares": [_share(share) for share in edits.shares],
        "answered": [[answered.key, answered.request, answered.answer] for answered in edits.answered],
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def parse_edits(text: str | bytes) -> Edits:
    """The inverse, also of its bytes. Raises SourceError for what it cannot have written: nobody writes over that."""
    try:
        facts = json.loads(text)
        return Edits(
            cuts=tuple(_read_cut(cut) for cut in facts["cuts"]),
            markers=tuple(_read_marker(marker) for marker in facts["markers"]),
            clips=tuple(_read_clip(clip) for clip in facts["clips"]),
            shares=tuple(_read_share(share) for share in facts.get("shares", ())),  # older files have none
            answered=tuple(Answered(*answered) for answered in facts["answered"]),
            is_withdrawn=facts["withdrawn"],
        )
    except (SourceError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(
            f"a recording's edits.json is damaged ({type(error).__name__}); nothing is published or edited until it "
            "is repaired, or removed, which undoes all edits"
        ) from None


def _cut(cut: Cut) -> Facts:
    return {"id": cut.cut_id, **_span(cut.span), "made_at": to_iso(cut.made_at), "purged": cut.is_purged}


def _read_cut(facts: Facts) -> Cut:
    return Cut(facts["id"], _read_span(facts), from_iso(facts["made_at"]), facts["purged"])


def _clip(clip: Clip) -> Facts:
    return {"id": clip.clip_id, "title": clip.title, **_span(clip.span), "made_at": to_iso(clip.made_at)}


def _read_clip(facts: Facts) -> Clip:
    return Clip(facts["id"], facts["title"], _read_span(facts), from_iso(facts["made_at"]))


def _share(share: Share) -> Facts:
    return {
        "id": share.share_id,
        "clip": share.clip_id,
        "made_at": to_iso(share.made_at),
        "expires_at": to_iso(share.expires_at),
    }


def _read_share(facts: Facts) -> Share:
    return Share(facts["id"], facts["clip"], from_iso(facts["made_at"]), from_iso(facts["expires_at"]))


def _marker(marker: Marker) -> Facts:
    return {
        "id": marker.marker_id,
        "segment": marker.segment.file,
        "offset_us": marker.offset_us,
        "label": marker.label,
        "made_at": to_iso(marker.made_at),
    }


def _read_marker(facts: Facts) -> Marker:
    segment = parse_segment_name(facts["segment"])
    return Marker(facts["id"], segment, facts["offset_us"], facts["label"], from_iso(facts["made_at"]))


def _span(span: Span) -> Facts:
    return {"first": span.first.file, "last": span.last.file}


def _read_span(facts: Facts) -> Span:
    return Span(parse_segment_name(facts["first"]), parse_segment_name(facts["last"]))
