"""Where exports lie: apart from the recordings, so that a rule of the bucket can let them expire."""

import hashlib
import re
from datetime import datetime

from mntreamer.domain.errors import NotFound
from mntreamer.domain.exports.export import Export

EXPORTS = "exports/"
_ID = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")
_KEY = re.compile(re.escape(EXPORTS) + r"[0-9a-f]{32}/" + _ID.pattern)


def export_id_of(now: datetime, token: str) -> str:
    """An id that sorts by time; `token` is eight hexadecimal digits that nobody else has."""
    return f"{now:%Y%m%dT%H%M%SZ}-{token}"


def exports_prefix(recording_id: str) -> str:
    return f"{EXPORTS}{hashlib.sha256(recording_id.encode()).hexdigest()[:32]}/"


def export_key(recording_id: str, export_id: str) -> str:
    """The key of an export's state. Raises NotFound for what cannot be the id of one."""
    if not _ID.fullmatch(export_id):
        raise NotFound(f"there is no export {export_id!r} of this recording")
    return f"{exports_prefix(recording_id)}{export_id}.json"


def file_key(export: Export, number: int) -> str:
    """The key of its file of this number, counted from 1."""
    return f"{exports_prefix(export.recording_id)}{export.export_id}-{number}.{export.format}"


def state_key_of(key: str) -> str | None:
    """The key of the state that an object below `exports/` belongs to; None for what is not of an export."""
    found = _KEY.match(key)
    return f"{found[0]}.json" if found else None
