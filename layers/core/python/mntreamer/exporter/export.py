"""The exporter: copies the packets of stored segments into files, without decoding any."""

import logging
from collections.abc import Callable
from typing import TypeAlias

import av

from mntreamer.correlation import correlate
from mntreamer.domain.error_place import kind_and_place, safe_text
from mntreamer.domain.errors import LeaseLost, MntreamerError, SourceError
from mntreamer.domain.exports.export import FINISHING, LEASE, ExportedFile
from mntreamer.domain.exports.export_plan import Planned, planned
from mntreamer.domain.media_path import SOURCE_PLAYLIST
from mntreamer.domain.playlists.source_playlist import parse_source
from mntreamer.domain.playlists.timeline import source_text
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.exporter.files import Files
from mntreamer.exporter.held import HeldExport
from mntreamer.exporter.segment import open_segment
from mntreamer.exporter.stored import stored_segments
from mntreamer.ports import Clock, UploadingStore

# Told within how many seconds the exporter will be heard of again.
Alive: TypeAlias = Callable[[float], object]
_NO_PLAYLIST = Reason("the recording's source playlist is gone; nothing can be exported", ProblemCode.PLAYLIST_GONE)
_logger = logging.getLogger(__name__)


def export(store: UploadingStore, clock: Clock, key: str, attempt: int, alive: Alive) -> None:
    """Make this attempt at the export whose state has this key, or leave it to whoever else does.

    What cannot be exported fails for good, with its reason. Any other error is raised: the lease runs out, and
    whoever asks for the export next has it tried again. `alive` is told, whenever it is a step further, within which
    time it will be again.
    """
    try:
        held = HeldExport(store, clock, key, attempt)
        correlate(held.export.prefix)
        _make_or_fail(store, held, alive)
    except LeaseLost as error:
        _logger.info("the exporter leaves: %s", error)


def _make_or_fail(store: UploadingStore, held: HeldExport, alive: Alive) -> None:
    try:
        files = _make(store, held, alive)
        held.finish(files)
        _logger.info("exported: %d bytes in %d files", sum(file.size_bytes for file in files), len(files))
    except LeaseLost:
        raise
    except MntreamerError as error:
        _logger.error("the export failed: %s", error)
        held.fail(safe_text(error))


def _make(store: UploadingStore, held: HeldExport, alive: Alive) -> list[ExportedFile]:
    plan = _plan(store, held)
    done_s, total_s = 0.0, held.export.duration_s

    def will_finish() -> None:
        alive(FINISHING.total_seconds())
        held.finish_file()

    with Files(store, held.export, will_finish) as files:
        for segment, body in stored_segments(store, held.export.prefix, plan):
            _add(files, segment, body)
            alive(LEASE.total_seconds())
            done_s += segment.duration_s
            held.renew(min(done_s / total_s, 1.0))
        files.finish()
    return files.finished


def _plan(store: UploadingStore, held: HeldExport) -> list[Planned]:
    source = store.get(held.export.prefix + SOURCE_PLAYLIST)
    if source is None:
        raise SourceError(_NO_PLAYLIST)
    return planned(held.export.spans, parse_source(source_text(source.body)))


def _add(files: Files, segment: Planned, body: bytes) -> None:
    try:
        with open_segment(body) as opened:
            files.add(opened, goes_on=segment.goes_on)
    except (av.FFmpegError, UnicodeDecodeError) as error:
        file, why = segment.name.file, kind_and_place(error)
        text = f"FFmpeg cannot copy the segment {file}: {why}"
        raise SourceError(Reason(text, ProblemCode.SEGMENT_NOT_COPIED, file=file, why=why)) from error
