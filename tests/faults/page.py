"""An origin as another process sees it."""

from typing import Any

import requests

_WITHIN_S = 30.0


class Page:
    """A broadcaster, read from its page, whose URL this is, each time that something is asked."""

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def title(self) -> str:
        return str(self._look()["title"])

    @property
    def now_s(self) -> float:
        return float(self._look()["now_s"])

    @property
    def is_over(self) -> bool:
        return bool(self._look()["is_over"])

    def new_url(self) -> str:
        return str(self._look()["playback_url"])

    def _look(self) -> Any:
        return requests.get(self._url, timeout=_WITHIN_S).json()
