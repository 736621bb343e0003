from datetime import UTC, datetime, timedelta

import pytest

from mntreamer.domain.errors import Gone, NotFound, Unprocessable
from mntreamer.domain.playback_token import Playable
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.refining.bounded import MOST
from mntreamer.domain.refining.edits import Clip, Cut, Edits, Share, Span
from mntreamer.domain.refining.edits_file import parse_edits, render_edits
from mntreamer.domain.refining.sharing import current_shares, require_shown, with_share, without_share

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def _name(number: int) -> SegmentName:
    return SegmentName(0, number * 3, number * 3 + 2)


def _share(share_id: str, made_at: datetime = NOW, life: timedelta = DAY, clip_id: str | None = None) -> Share:
    return Share(share_id, clip_id, made_at, made_at + life)


CLIP = Clip("c1", "The goal", Span(_name(2), _name(5)), NOW)
CUT = Cut("1", Span(_name(3), _name(4)), NOW)
EDITS = Edits(cuts=(CUT,), clips=(CLIP,), shares=(_share("all"), _share("clip", clip_id="c1")))
ALL, OF_THE_CLIP = Playable("chzzk:c:1", None, "all"), Playable("chzzk:c:1", "c1", "clip")


@pytest.mark.parametrize(
    ("playable", "shown"),
    [(ALL, {0, 1, 2, 5, 6}), (OF_THE_CLIP, {2, 5}), (Playable("chzzk:c:1", "c1"), {2, 5})],
)
def test_what_is_cut_out_is_not_shown_whoever_knows_its_name(playable: Playable, shown: set[int]) -> None:
    for number in range(7):
        if number in shown:
            require_shown(playable, _name(number), EDITS)
        else:
            with pytest.raises(NotFound):
                require_shown(playable, _name(number), EDITS)


def test_a_revoked_share_shows_nothing_and_the_other_goes_on() -> None:
    left = without_share(EDITS, "all")
    with pytest.raises(Gone, match="revoked"):
        require_shown(ALL, _name(0), left)
    require_shown(OF_THE_CLIP, _name(2), left)
    with pytest.raises(NotFound):
        without_share(left, "all")


def test_those_that_have_expired_make_room() -> None:
    full = Edits(shares=tuple(_share(str(number)) for number in range(MOST)))
    with pytest.raises(Unprocessable, match="1000 shares"):
        with_share(full, _share("one more", NOW + DAY - timedelta(seconds=1)))
    assert [share.share_id for share in with_share(full, _share("next", NOW + DAY)).shares] == ["next"]


def test_a_share_is_current_until_it_expires_and_while_its_clip_is_there() -> None:
    assert [share.share_id for share in current_shares(EDITS, NOW)] == ["all", "clip"]
    assert current_shares(EDITS, NOW + DAY) == []
    assert [share.share_id for share in current_shares(Edits(shares=EDITS.shares), NOW)] == ["all"]


def test_of_a_clip_that_is_not_there_is_no_share() -> None:
    with pytest.raises(NotFound, match="clip"):
        with_share(Edits(), _share("s", clip_id="c1"))


def test_shares_are_read_as_they_were_written_also_from_a_file_without_any() -> None:
    assert parse_edits(render_edits(EDITS)) == EDITS
    before = '{"withdrawn": false, "cuts": [], "markers": [], "clips": [], "answered": []}'
    assert parse_edits(before) == Edits()
