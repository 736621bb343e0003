"""Remuxing where a crash takes nothing else down: a bundle that kills its process gets one more try, no third."""

import logging
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from mntreamer.domain.errors import SourceError
from mntreamer.recorder.child.children import ChildDied, Children
from mntreamer.recorder.child.remux_messages import REMUX, remuxed_in
from mntreamer.recorder.media.remuxed import Remuxed

_CHILD = (sys.executable, "-P", "-m", "mntreamer.recorder.child.child")
# A bundle takes some hundredths of a second.
_LIMIT_S = 30
_logger = logging.getLogger(__name__)


class Remuxer:
    """One for each process, shared by all its recordings and their threads.

    `child` is the command that makes a child process but for its last argument, the `limit_s` that one bundle may
    take, not counting its wait for a child.
    """

    def __init__(self, child: Sequence[str] = _CHILD, limit_s: int = _LIMIT_S) -> None:
        self._children = Children([*child, str(limit_s)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._children.close()

    def remux(self, init: bytes, bodies: Sequence[bytes]) -> Remuxed:
        """As `remux.remux`, which says what it raises; SourceError also for bytes that kill two children.

        Raises OSError where no child can be started just now: the bytes may be as good as any.
        """
        request = [REMUX, init, *bodies]
        try:
            answer = self._answer(request, fresh=False)
        except ChildDied as death:
            _logger.warning("the remuxer's child died: %s; its bundle is tried once more in a fresh one", death)
            answer = self._last_answer(request)
        return remuxed_in(answer)

    def ask_once(self, request: Sequence[bytes]) -> list[bytes]:
        """The child's answer to a request of `picture_messages`.

        Raises SourceError where it dies of it, OSError where none can be started just now.
        """
        try:
            return self._answer(request, fresh=False)
        except ChildDied as death:
            raise SourceError(f"FFmpeg does not survive it: {death}") from None

    def _last_answer(self, request: Sequence[bytes]) -> list[bytes]:
        try:
            return self._answer(request, fresh=True)
        except ChildDied as death:
            raise SourceError(f"FFmpeg does not survive it: {death}") from None

    def _answer(self, request: Sequence[bytes], *, fresh: bool) -> list[bytes]:
        with self._children.lend(fresh=fresh) as child:
            return child.ask(request)
