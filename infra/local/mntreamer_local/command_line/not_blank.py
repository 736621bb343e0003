"""An empty word, as a shell makes of a variable that is not set, means nothing; least of all everything."""

from typing import TypeVar

import typer

Words = TypeVar("Words", str, list[str], str | None, list[str] | None)


def not_blank(words: Words) -> Words:
    """The words as they are, or none. Raises BadParameter for an empty one among them."""
    if words is not None and not all(word.strip() for word in ([words] if isinstance(words, str) else words)):
        raise typer.BadParameter("it is empty")
    return words
