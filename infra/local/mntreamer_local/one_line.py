"""Words of others, which a terminal would otherwise obey."""

import unicodedata

_BREAKING = ("Cc", "Zl", "Zp")


def one_line(words: str) -> str:
    """The words with a space for whatever would break the line or move the cursor."""
    return "".join(" " if unicodedata.category(char) in _BREAKING else char for char in words)
