"""The lease under which one exporter makes an export; its state is written by whoever read it last."""

from mntreamer.domain.errors import LeaseLost, StoreConflict
from mntreamer.domain.exports.export import RENEW_EVERY, Export, ExportedFile, done, failed, finishing, renewed, taken
from mntreamer.domain.exports.export_file import parse_export, render_export
from mntreamer.domain.reason import Reason
from mntreamer.ports import Clock, MediaStore
from mntreamer.usecases.exports.export_recording import JSON
from mntreamer.usecases.exports.remove_exports import remove_files


class HeldExport:
    """An export that this process makes. Each of its writes raises LeaseLost if somebody else wrote meanwhile.

    Where that was to remove it, files that are finished go, too.
    """

    def __init__(self, store: MediaStore, clock: Clock, key: str, attempt: int) -> None:
        """Takes it. Raises LeaseLost where it is not this attempt's to make."""
        stored = store.get(key)
        if stored is None:
            raise LeaseLost("the export was removed before it began")
        self._store = store
        self._clock = clock
        self._key = key
        self._version = stored.version
        self._renewed_at = clock()
        self.export = parse_export(stored.body.decode())
        self._write(taken(self.export, attempt, self._renewed_at))

    def renew(self, progress: float) -> None:
        """Tell how far it is, now and then."""
        now = self._clock()
        if now - self._renewed_at >= RENEW_EVERY:
            self._renewed_at = now
            self._write(renewed(self.export, progress, now))

    def finish_file(self) -> None:
        """Hold it for as long as that may take."""
        self._write(finishing(self.export, self._clock()))

    def finish(self, files: list[ExportedFile]) -> None:
        """All is done."""
        self._write(done(self.export, tuple(files), self._clock()))

    def fail(self, problem: Reason) -> None:
        """It cannot be done, now or later; files that were finished before go."""
        self._write(failed(self.export, problem, self._clock()))
        remove_files(self._store, self._key)

    def _write(self, export: Export) -> None:
        try:
            self._version = self._store.put(self._key, render_export(export).encode(), JSON, self._version)
        except StoreConflict:
            if self._store.version(self._key) is None:
                remove_files(self._store, self._key)
            raise LeaseLost("the export was removed, or another attempt makes it") from None
        self.export = export
