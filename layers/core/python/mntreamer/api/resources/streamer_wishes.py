"""What a person may want of a streamer: the body of `PATCH`, and the filters in it."""

from typing import Annotated, cast

from pydantic import BaseModel, ConfigDict, Field

from mntreamer.domain.errors import BadInput
from mntreamer.domain.monitors.filters import filters_from, render_filters
from mntreamer.domain.monitors.hours import Day
from mntreamer.domain.monitors.streamer import StreamerChanges
from mntreamer.domain.schedule.schedule import Schedule
from mntreamer.usecases.monitors.change_streamer import (
    FEWEST_RECORDERS,
    HIGHEST_MAX_HEIGHT,
    HIGHEST_PRIORITY,
    LOWEST_MAX_HEIGHT,
    LOWEST_PRIORITY,
    MOST_RECORDERS,
)

# So that a page of a thousand streamers stays below what Lambda answers with.
_MOST_FILTERS_BYTES = 4000
Priority = Annotated[int, Field(ge=LOWEST_PRIORITY, le=HIGHEST_PRIORITY)]
MaxHeight = Annotated[int, Field(ge=LOWEST_MAX_HEIGHT, le=HIGHEST_MAX_HEIGHT)]
RecordersAtOnce = Annotated[int, Field(ge=FEWEST_RECORDERS, le=MOST_RECORDERS)]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Texts = Annotated[list[Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]], Field(max_length=20)]


class WantedHours(BaseModel):
    """Past midnight where the end is no later than the begin; each begins on these days."""

    model_config = ConfigDict(extra="forbid", strict=True)

    days: Annotated[list[Day], Field(min_length=1, max_length=7)]
    begin: Clock
    end: Clock


class WantedFilters(BaseModel):
    """All filters of a streamer; what is not named is left open."""

    model_config = ConfigDict(extra="forbid", strict=True)

    titles: Texts = []
    not_titles: Texts = []
    categories: Texts = []
    not_categories: Texts = []
    hours: Annotated[list[WantedHours], Field(max_length=20)] = []
    notify_only: bool = False

    def text(self) -> str | None:
        """As the streamer's row keeps them. Raises BadInput beyond 4,000 bytes."""
        text = render_filters(filters_from(self.model_dump()))
        if text and len(text.encode()) > _MOST_FILTERS_BYTES:
            raise BadInput(f"these filters are too long: all together may have {_MOST_FILTERS_BYTES} bytes")
        return text


class Wishes(BaseModel):
    """The body of `PATCH`: what is not named stays as it is; null is the server's default again."""

    model_config = ConfigDict(extra="forbid", strict=True)

    paused: bool = False
    priority: Priority = 0
    max_height: MaxHeight | None = None
    recorders: RecordersAtOnce | None = None
    filters: WantedFilters | None = None
    schedule: Annotated[Schedule, Field(strict=False)] | None = None

    def named(self) -> StreamerChanges:
        """Those that were named. Raises BadInput where none was."""
        if not self.model_fields_set:
            raise BadInput(f"name what is to change: at least one of {', '.join(type(self).model_fields)}")
        named = cast("StreamerChanges", self.model_dump(exclude={"filters"}, exclude_unset=True))
        if "filters" in self.model_fields_set:
            named["filters"] = self.filters.text() if self.filters else None
        return named
