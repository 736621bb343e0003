"""An export is ordered: what it holds is fixed now, and an exporter is started for it."""

import logging
from dataclasses import dataclass
from secrets import token_hex

from mntreamer.domain.errors import LaunchFailed, WrongState
from mntreamer.domain.exports.export import LAUNCH_GRACE, Export, ExportFormat
from mntreamer.domain.exports.export_file import render_export
from mntreamer.domain.exports.export_path import export_id_of, export_key
from mntreamer.domain.exports.export_plan import Choice, asked_on, chosen
from mntreamer.domain.playlists.timelines import Line
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_recording import edits_of

JSON = "application/json"
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants: all that the cuts leave, or that of a range, in seconds on one line."""

    format: ExportFormat
    begin_s: float | None = None
    end_s: float | None = None
    line: Line = Line.PUBLISHED


def export_recording(ports: Ports, recording: Recording, order: Order) -> Export:
    """The export, which waits for its exporter.

    Raises WrongState for a deleted recording, NotFound while nothing is stored, Unprocessable where nothing is left.
    """
    choice = _choice(ports, recording, order)
    now = ports.clock()
    export = Export(
        export_id=export_id_of(now, token_hex(4)),
        recording_id=recording.recording_id,
        prefix=recording.prefix,
        format=order.format,
        spans=choice.spans,
        duration_s=choice.duration_s,
        created_at=now,
        lease_until=now + LAUNCH_GRACE,
        kept_for=ports.settings.exports_kept_for,
    )
    key = export_key(export.recording_id, export.export_id)
    ports.store.put(key, render_export(export).encode(), JSON, None)
    launch_exporter(ports, export)
    return export


def launch_exporter(ports: Ports, export: Export) -> None:
    """Start this attempt's exporter; where that fails the lease runs out, and who asks for the export tries again."""
    try:
        ports.exporters.launch(export_key(export.recording_id, export.export_id), export.attempt)
    except LaunchFailed as error:
        _logger.error("no exporter for %s: %s", export.export_id, error)


def check_not_deleted(recording: Recording) -> None:
    """Raises WrongState."""
    if recording.status is RecordingStatus.TERMINATED:
        raise WrongState("this recording is TERMINATED, that is deleted; restore it first")


def _choice(ports: Ports, recording: Recording, order: Order) -> Choice:
    check_not_deleted(recording)
    edited = edits_of(ports, recording)
    if edited.edits.is_withdrawn:
        raise WrongState("this recording was deleted; restore it first")
    asked = asked_on(order.line, order.begin_s, order.end_s, edited.edits, edited.timeline)
    return chosen(asked, edited.edits, edited.timeline)
