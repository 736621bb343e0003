"""An export that a test orders, makes and looks at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mntreamer.domain.exports.export import LAUNCH_GRACE, Export, ExportFormat
from mntreamer.domain.exports.export_file import parse_export, render_export
from mntreamer.domain.exports.export_path import export_id_of, export_key, file_key
from mntreamer.domain.refining.edits import Span
from mntreamer.exporter.export import export as make_export
from mntreamer.ports import UploadingStore
from tests.integration.exporter.stored_recording import Content, StoredRecording, content_of

ID = "chzzk:c1:1001"


@dataclass
class Making:
    """`now` goes on by `step` with each look at the clock. `progress`: what was told after each step.

    `given_s`: within which time the exporter said each time that it would be heard of again.
    """

    store: UploadingStore
    now: datetime
    step: timedelta
    progress: list[float] = field(default_factory=list)
    given_s: list[float] = field(default_factory=list)

    def order(
        self, recording: StoredRecording, runs: Sequence[range], export_format: ExportFormat = ExportFormat.MP4
    ) -> Export:
        names = [segment.name for segment in recording.segments]
        order = Export(
            export_id=export_id_of(self.now, "0a1b2c3d"),
            recording_id=ID,
            prefix=recording.prefix,
            format=export_format,
            spans=tuple(Span(names[run.start], names[run.stop - 1]) for run in runs),
            duration_s=sum(recording.segments[position].duration_s for run in runs for position in run),
            created_at=self.now,
            lease_until=self.now + LAUNCH_GRACE,
            kept_for=timedelta(days=7),
        )
        self.store.put(self.key(order), render_export(order).encode(), "application/json", None)
        return order

    def make(self, order: Export, attempt: int = 1) -> Export:
        """The export after an exporter was at it."""
        make_export(self.store, self._clock, self.key(order), attempt, lambda within_s: self._hear(order, within_s))
        return self.state(order)

    def state(self, order: Export) -> Export:
        stored = self.store.get(self.key(order))
        assert stored
        return parse_export(stored.body.decode())

    def body(self, order: Export, number: int = 1) -> bytes:
        stored = self.store.get(file_key(order, number))
        assert stored
        return stored.body

    def content(self, order: Export, number: int = 1) -> Content:
        return content_of(self.body(order, number))

    @staticmethod
    def key(order: Export) -> str:
        return export_key(order.recording_id, order.export_id)

    def _clock(self) -> datetime:
        self.now += self.step
        return self.now

    def _hear(self, order: Export, within_s: float) -> None:
        self.given_s.append(within_s)
        self._look(order)

    def _look(self, order: Export) -> None:
        self.progress.append(self.state(order).progress)
