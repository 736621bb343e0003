"""The files of an export, one after another: a new one begins where the coding changes."""

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from mntreamer.domain.exports.export import Export, ExportedFile, ExportFormat
from mntreamer.domain.exports.export_path import file_key
from mntreamer.exporter.output import Output
from mntreamer.exporter.segment import OpenSegment
from mntreamer.exporter.sink import Sink
from mntreamer.ports import UploadingStore

_TYPES = {ExportFormat.MP4: "video/mp4", ExportFormat.TS: "video/mp2t"}


class Files:
    """`finished` are whole and in the store. One that is begun when the block ends by an error is never seen.

    `will_finish` is called before each is finished, which may take the store minutes.
    """

    def __init__(self, store: UploadingStore, export: Export, will_finish: Callable[[], object]) -> None:
        self.finished: list[ExportedFile] = []
        self._store = store
        self._export = export
        self._will_finish = will_finish
        self._output: Output | None = None
        self._upload = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._upload.__exit__(kind, error, at)

    def add(self, segment: OpenSegment, *, goes_on: bool) -> None:
        if self._output and not self._output.takes(segment.coding):
            self.finish()
        self._output = self._output or self._begun(segment)
        self._output.add(segment, goes_on=goes_on)

    def finish(self) -> None:
        """Finish the file that is being written."""
        if self._output:
            self._will_finish()
            file, self._output = self._output.close(), None
            self._upload.close()
            self.finished.append(file)

    def _begun(self, first: OpenSegment) -> Output:
        key = file_key(self._export, len(self.finished) + 1)
        upload = self._upload.enter_context(self._store.upload(key, _TYPES[self._export.format]))
        return Output(Sink(upload), self._export.format, first)
