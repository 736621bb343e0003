import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulated_channel.fragments import FragmentSplitter


def box(kind: str, body: bytes = b"body") -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind.encode() + body


HEAD = box("ftyp") + box("moov")
FIRST = box("moof") + box("mdat", b"first")
SECOND = box("moof") + box("mdat", b"")
FILE = HEAD + FIRST + SECOND + box("mfra")


@given(st.lists(st.integers(0, len(FILE)), max_size=8).map(sorted))
def test_the_parts_are_the_same_however_they_are_written(cuts: list[int]) -> None:
    inits: list[bytes] = []
    fragments: list[bytes] = []
    splitter = FragmentSplitter(inits.append, fragments.append)
    for begin, end in zip([0, *cuts], [*cuts, len(FILE)], strict=True):
        assert splitter.write(FILE[begin:end]) == end - begin
    assert inits == [HEAD]
    assert fragments == [FIRST, SECOND]


def test_a_box_of_another_kind_of_size_is_an_error() -> None:
    parts: list[bytes] = []
    with pytest.raises(ValueError, match="a box of 1 bytes"):
        FragmentSplitter(parts.append, parts.append).write(b"\0\0\0\1mdat")
