"""The text of an export's state."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from mntreamer.domain.errors import SourceError
from mntreamer.domain.exports.export import Export, ExportedFile, ExportFormat, ExportStatus
from mntreamer.domain.playlists.source_playlist import parse_segment_name
from mntreamer.domain.reason import parse_reason, render_reason
from mntreamer.domain.refining.edits import Span
from mntreamer.domain.times import from_iso, to_iso

Facts = Mapping[str, Any]


def render_export(export: Export) -> str:
    """JSON; segments by their files' names."""
    facts = {
        "export_id": export.export_id,
        "recording_id": export.recording_id,
        "prefix": export.prefix,
        "format": export.format,
        "spans": [[span.first.file, span.last.file] for span in export.spans],
        "duration_s": export.duration_s,
        "created_at": to_iso(export.created_at),
        "lease_until": to_iso(export.lease_until),
        "kept_for_s": export.kept_for.total_seconds(),
        "attempt": export.attempt,
        "status": export.status,
        "progress": export.progress,
        "problem": render_reason(export.problem) if export.problem else None,
        "files": [[file.size_bytes, file.duration_s, file.coding] for file in export.files],
        "started_at": to_iso(export.started_at) if export.started_at else None,
        "finished_at": to_iso(export.finished_at) if export.finished_at else None,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def parse_export(text: str) -> Export:
    """The inverse. Raises SourceError for a text that it cannot have written."""
    try:
        return _export(json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"an export's state is damaged ({type(error).__name__}); ask for a new export") from None


def _export(facts: Facts) -> Export:
    return Export(
        export_id=facts["export_id"],
        recording_id=facts["recording_id"],
        prefix=facts["prefix"],
        format=ExportFormat(facts["format"]),
        spans=tuple(Span(parse_segment_name(first), parse_segment_name(last)) for first, last in facts["spans"]),
        duration_s=facts["duration_s"],
        created_at=from_iso(facts["created_at"]),
        lease_until=from_iso(facts["lease_until"]),
        kept_for=timedelta(seconds=facts["kept_for_s"]),
        attempt=facts["attempt"],
        status=ExportStatus(facts["status"]),
        progress=facts["progress"],
        problem=parse_reason(facts["problem"]) if facts["problem"] else None,
        files=tuple(ExportedFile(*file) for file in facts["files"]),
        started_at=from_iso(facts["started_at"]) if facts["started_at"] else None,
        finished_at=from_iso(facts["finished_at"]) if facts["finished_at"] else None,
    )
