"""The published playlist: what people play, rendered from the source playlist and nothing else."""

from mntreamer.domain.source_playlist import SourcePlaylist, render


def render_published(source: SourcePlaylist) -> str:
    """The text of `index.m3u8`: a growing EVENT while it is recorded, VOD with ENDLIST after.

    Pure and idempotent: the same source gives the same bytes.
    """
    return render(
        source.target_duration_s,
        source.segments,
        ended=source.ended,
        playlist_type="VOD" if source.ended else "EVENT",
    )
