"""Somebody asks how an export goes: one whose exporter is gone is taken up again by that."""

from mntreamer.domain.errors import NotFound, StoreConflict
from mntreamer.domain.exports.export import Export, ExportStatus, is_abandoned, taken_up_again
from mntreamer.domain.exports.export_file import parse_export, render_export
from mntreamer.domain.exports.export_path import export_key, exports_prefix
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.usecases.exports.export_recording import JSON, check_not_deleted, launch_exporter
from mntreamer.usecases.exports.remove_exports import remove_files

_STATE = ".json"


def export_of(ports: Ports, recording: Recording, export_id: str) -> Export:
    """Raises NotFound for one that was never ordered, or is removed; WrongState for a deleted recording."""
    check_not_deleted(recording)
    export = _followed(ports, export_key(recording.recording_id, export_id))
    if export is None:
        raise NotFound(f"there is no export {export_id} of this recording; it may have expired")
    return export


def exports_of(ports: Ports, recording: Recording) -> list[Export]:
    """All of the recording, newest first. Raises WrongState for a deleted recording."""
    check_not_deleted(recording)
    keys = ports.store.list_keys(exports_prefix(recording.recording_id))
    found = [_followed(ports, key) for key in keys if key.endswith(_STATE)]
    return [export for export in reversed(found) if export]


def _followed(ports: Ports, key: str) -> Export | None:
    """Whoever writes first launches: of many who ask at once, one does."""
    while True:
        stored = ports.store.get(key)
        if stored is None:
            return None
        export, now = parse_export(stored.body.decode()), ports.clock()
        if not is_abandoned(export, now):
            return export
        again = taken_up_again(export, now)
        try:
            ports.store.put(key, render_export(again).encode(), JSON, stored.version)
        except StoreConflict:
            continue
        if again.status is ExportStatus.QUEUED:
            launch_exporter(ports, again)
        else:
            remove_files(ports.store, key)
        return again
