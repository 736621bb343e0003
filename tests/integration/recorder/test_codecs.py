"""Each codec is recorded with every packet and without a gap, or refused; never something in between."""

from dataclasses import replace
from itertools import pairwise

import pytest

from mntreamer.domain.errors import NotPlayable
from mntreamer.recorder.media.remux import remux
from tests.integration.recorder.media import Coding, packets_of, source_of

IN_BOTH = [
    Coding(),
    Coding("libx265"),
    Coding(sampling_rate=44_100),
    Coding("libx265", sampling_rate=44_100),
    Coding(sound="libmp3lame"),
    Coding(sound="ac3"),
    Coding(sound="eac3"),
    Coding(sound=None),
    Coding(None),
    Coding(None, sampling_rate=44_100),
    Coding(None, "libmp3lame"),
]
RECORDED = [replace(coding, is_fmp4=is_fmp4) for coding in IN_BOTH for is_fmp4 in (False, True)]
# A frame's length is no whole number of the clock that MPEG-TS counts in, 1/90,000 s.
_ROUNDED_S = 2 / 90_000


def _name(coding: Coding) -> str:
    return f"{coding.picture} {coding.sound} {coding.sampling_rate} {'fMP4' if coding.is_fmp4 else 'TS'}"


@pytest.mark.parametrize("coding", RECORDED, ids=_name)
def test_every_packet_is_kept_and_bundles_join_without_a_gap(coding: Coding) -> None:
    source = source_of(coding, 6)
    there = packets_of(source.init + b"".join(source.bodies))

    bundles = [remux(source.init, source.bodies[:3]), remux(source.init, source.bodies[3:])]

    kept = [packets_of(bundle.body) for bundle in bundles]
    assert all(bundle.keys() == there.keys() for bundle in kept)
    for codec, times in there.items():
        joined = [packet for bundle in kept for packet in bundle[codec]]
        assert len(joined) == len(times)
        assert all(abs(after[0] - before[1]) <= _ROUNDED_S for before, after in pairwise(joined))


@pytest.mark.parametrize("coding", RECORDED, ids=_name)
def test_picture_and_sound_stay_in_step(coding: Coding) -> None:
    source = source_of(coding, 6)
    there, kept = (
        {codec: times[0][0] for codec, times in packets_of(body).items()}
        for body in (source.init + b"".join(source.bodies), remux(source.init, source.bodies).body)
    )

    apart = {codec: kept[codec] - there[codec] for codec in there}

    assert max(apart.values()) - min(apart.values()) <= _ROUNDED_S


@pytest.mark.parametrize(
    "coding",
    [
        Coding("libsvtav1", is_fmp4=True),
        Coding("libsvtav1"),
        Coding("libvpx-vp9", is_fmp4=True),
        Coding("libvpx-vp9"),
        Coding(sound="libopus", is_fmp4=True),
        Coding(sound="libopus"),
    ],
    ids=_name,
)
def test_what_mpeg_ts_has_no_place_for_is_refused(coding: Coding) -> None:
    source = source_of(coding)

    with pytest.raises(NotPlayable, match=r"recorded are|no stream type"):
        remux(source.init, source.bodies)


def test_packed_audio_is_refused() -> None:
    """Its timestamps lie in an ID3 tag, not in the stream (RFC 8216, section 3.4)."""
    header = bytes.fromhex("fff15040017ffc")
    silence = bytes.fromhex("de02004c61766336322e32382e31303000023040")

    with pytest.raises(NotPlayable, match="comes as aac"):
        remux(b"", [(header[:3] + bytes([0x40, 0x03, 0x7F, 0xFC]) + silence) * 100])
