"""Exported files are downloaded: whole or not at all, and going on where a connection broke off."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import requests

from mntreamer.domain.errors import BadInput
from mntreamer.domain.media_path import safe_name
from mntreamer_local.command_line.client import CallFailed
from mntreamer_local.command_line.exit_codes import ExitCode
from mntreamer_local.command_line.progress_bar import Advance, progress_bar
from mntreamer_local.hosts import is_loopback

_CHUNK_BYTES = 1 << 18
_ATTEMPTS = 5
_TIMEOUT_S = 60.0
_BROKEN = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)


@dataclass(frozen=True, slots=True)
class Target:
    """The file to write; where an export has several, they are numbered."""

    path: Path

    @classmethod
    def of(cls, recording: Mapping[str, Any], suffix: str, output: Path) -> "Target":
        """`output` itself, or a file in it with the recording's name. Raises BadInput for what is there already."""
        day = recording["started_at"][:10]
        name = f"{safe_name(recording['channel_name'])} {day} {safe_name(recording['title'])}.{suffix}"
        path = output / name if output.is_dir() else output
        if not path.parent.is_dir():
            raise BadInput(f"there is no folder {path.parent} to write into")
        _require_free(path)
        return cls(path)

    def file(self, number: int, count: int) -> Path:
        """That of this number, from 1, of so many."""
        return self.path if count == 1 else self.path.with_stem(f"{self.path.stem}-{number}")


def download_all(export: Mapping[str, Any], target: Target) -> list[Path]:
    """All files of an export that is done, in order. Raises CallFailed, and BadInput where nothing can be written."""
    files = export["files"]
    paths = [target.file(number, len(files)) for number in range(1, len(files) + 1)]
    for number, (file, path) in enumerate(zip(files, paths, strict=True), 1):
        part = path.parent / f".{export['export_id']}-{number}.part"
        try:
            _download(file["url"], file["size_bytes"], part)
            _require_free(path)
            part.rename(path)
        except OSError as error:
            raise BadInput(f"{path} cannot be written: {error.strerror}") from None
    return paths


def _require_free(path: Path) -> None:
    if path.exists():
        raise BadInput(f"{path} is there already; give another --output")


def _download(url: str, size_bytes: int, part: Path) -> None:
    with progress_bar("downloading", size_bytes, in_bytes=True) as advance:
        for _ in range(_ATTEMPTS):
            if _fetch_more(url, part, advance) and part.stat().st_size == size_bytes:
                return
    raise CallFailed("the download broke off; do it again to go on where it is", ExitCode.UNREACHABLE)


def _fetch_more(url: str, part: Path, advance: Advance) -> bool:
    """What the file lacks; False where the connection broke. No error's text is told: the link would be in it."""
    with part.open("ab") as file, requests.Session() as session:
        session.trust_env = not is_loopback(urlsplit(url).netloc)
        session.auth = _as_it_is
        try:
            for chunk in _body(session, url, file):
                file.write(chunk)
                advance(file.tell())
        except _BROKEN:
            return False
    return True


def _body(session: requests.Session, url: str, file: BinaryIO) -> Iterator[bytes]:
    """What is behind the end of the file (RFC 9110, 14.2); it is emptied first where all of it comes anyway."""
    headers = {"Range": f"bytes={file.tell()}-", "Accept-Encoding": "identity"}
    with session.get(url, headers=headers, stream=True, timeout=_TIMEOUT_S) as response:
        if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return
        if response.status_code == HTTPStatus.OK:
            file.truncate(0)
        elif response.status_code != HTTPStatus.PARTIAL_CONTENT:
            raise CallFailed(f"the file cannot be had: HTTP {response.status_code}", ExitCode.REFUSED)
        yield from response.iter_content(_CHUNK_BYTES)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """A signed link is its own key: S3 refuses it with another one from a ~/.netrc besides."""
    return request
