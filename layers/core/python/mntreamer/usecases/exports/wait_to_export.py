"""An export whose exporter has to wait its turn stays that attempt's."""

from mntreamer.domain.errors import StoreConflict
from mntreamer.domain.exports.export import ExportStatus, still_waiting
from mntreamer.domain.exports.export_file import parse_export, render_export
from mntreamer.ports import Ports
from mntreamer.usecases.exports.export_recording import JSON


def wait_to_export(ports: Ports, key: str, attempt: int) -> bool:
    """Renew the lease of the export with this key; whether this attempt is still wanted."""
    while True:
        stored = ports.store.get(key)
        export = parse_export(stored.body.decode()) if stored else None
        if stored is None or export is None or (export.attempt, export.status) != (attempt, ExportStatus.QUEUED):
            return False
        renewed = still_waiting(export, ports.clock())
        try:
            ports.store.put(key, render_export(renewed).encode(), JSON, stored.version)
        except StoreConflict:
            continue
        return True
