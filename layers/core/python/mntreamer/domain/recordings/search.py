"""Which recordings somebody looks for."""

import unicodedata
from dataclasses import dataclass

from mntreamer.domain.recordings.recording import Recording


@dataclass(frozen=True, slots=True)
class Search:
    """Those of one streamer, and those of which all these words are told somewhere; all where neither is said."""

    streamer_id: str | None = None
    text: str | None = None

    @property
    def is_everything(self) -> bool:
        return self.streamer_id is None and not self.text

    def fits(self, recording: Recording) -> bool:
        """Whether it is one of them. Words are compared without regard to case, as parts of words."""
        told = _plain(f"{recording.title}\n{recording.channel_name}\n{recording.category}")
        is_of_streamer = self.streamer_id in {None, recording.streamer_id}
        return is_of_streamer and all(word in told for word in _plain(self.text or "").split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
