from benchmarks.recorder.media import Media, decode_times, looped


def box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def tfdt(time: int) -> bytes:
    return box(b"tfdt", b"\1\0\0\0" + time.to_bytes(8, "big"))


def fragment(picture: int, sound: int) -> bytes:
    """What lies in `mdat` looks like a box of times, and must stay as it is."""
    return box(b"moof", box(b"traf", tfdt(picture)) + box(b"traf", tfdt(sound))) + box(b"mdat", tfdt(7))


FRAGMENTS = [fragment(100, 1000), fragment(130, 1096), fragment(160, 1192)]


def media() -> Media:
    return Media(b"init", *looped(FRAGMENTS))


def test_the_first_round_is_as_it_was_encoded() -> None:
    assert [b"".join(media().segment(sequence)) for sequence in range(2)] == FRAGMENTS[:2]


def test_each_round_goes_on_where_the_one_before_ended() -> None:
    times = [decode_times(media().segment(sequence)[0]) for sequence in range(6)]
    assert times == [[100 + 30 * number, 1000 + 96 * number] for number in range(6)]


def test_a_later_round_differs_in_nothing_but_its_times() -> None:
    assert b"".join(media().segment(2)) == FRAGMENTS[2]


def test_the_bit_rate_is_that_of_the_round() -> None:
    assert media().bytes_per_s == len(FRAGMENTS[0]) / 2
