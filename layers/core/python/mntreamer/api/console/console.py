"""The folder that the page lies in."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from mntreamer.api.console.edition import Edition, PageFile
from mntreamer.domain.errors import SettingMissing

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_DOCUMENT = ".html"
_SERVED = (_DOCUMENT, *_TYPES)
_NEEDED = ("index.html", "watch/watch.html", "packages/hls.js/hls.min.js")
_DIGEST_LETTERS = 16
_Stamp = tuple[str, int, int]


class Console:
    """Answers, in several threads, with the files as they are: whoever edits one sees it at the next reload."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._stamps: list[_Stamp] = []
        self._edition: Edition | None = None

    def require_complete(self) -> None:
        """Raise SettingMissing where files lack without which there is no page."""
        if missing := [path for path in _NEEDED if not (self._folder / path).is_file()]:
            raise SettingMissing(
                f"the console's page in {self._folder} lacks {', '.join(missing)}: 'make console' puts it there"
            )

    def edition(self) -> Edition:
        """Read anew where a file has changed. Raises SettingMissing."""
        with self._lock:
            stamps = sorted(_stamps_in(self._folder))
            if self._edition is None or stamps != self._stamps:
                self.require_complete()
                self._edition, self._stamps = _read(self._folder, stamps), stamps
            return self._edition


def _stamps_in(folder: Path) -> Iterator[_Stamp]:
    """Path, time of the last change and size of each file that is served."""
    for entry in _served_in(folder):
        found = entry.stat()
        yield entry.path.removeprefix(f"{folder}/"), found.st_mtime_ns, found.st_size


def _served_in(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    """Entries and no `Path`s: all of them are looked at with each request, which takes a fifth of the time so."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _served_in(entry.path)
            # What is hidden is an editor's own, and may be no file at all.
            elif entry.name.endswith(_SERVED) and not entry.name.startswith("."):
                yield entry


def _read(folder: Path, stamps: list[_Stamp]) -> Edition:
    texts = {path: (folder / path).read_text(encoding="utf-8") for path, _, _ in stamps}
    digest = hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:_DIGEST_LETTERS]
    documents = {path: text for path, text in texts.items() if path.endswith(_DOCUMENT)}
    files = {path: PageFile(_TYPES[Path(path).suffix], text) for path, text in texts.items() if path not in documents}
    return Edition(digest, files, documents)
