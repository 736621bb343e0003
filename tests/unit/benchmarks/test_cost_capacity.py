"""Request units as AWS's documentation counts them."""

from typing import Any

import pytest

from benchmarks.cost.capacity import Index, item_bytes, read_units, write_units

DUE = Index(frozenset({"shard", "check_at"}), frozenset({"id", "shard", "check_at", "misses"}))
ALL = Index(frozenset({"status"}), None)


def item(**texts: str) -> dict[str, dict[str, Any]]:
    return {name: {"S": text} for name, text in texts.items()}


ROW = item(id="a", shard="1", check_at="12:00", misses="3", name="n")


def test_an_item_s_names_count_and_letters_count_by_their_bytes() -> None:
    assert item_bytes(item(name="방송")) == 4 + 6
    assert item_bytes({"n": {"N": "1234"}, "b": {"BOOL": True}, "x": {"NULL": True}}) == 1 + 3 + 2 + 2


@pytest.mark.parametrize(("length", "units"), [(1, 1), (1020, 1), (1021, 2), (3000, 3)])
def test_a_write_counts_each_begun_kilobyte(length: int, units: int) -> None:
    assert write_units(None, item(text="x" * length), []) == units


def test_a_write_counts_by_the_larger_of_before_and_after() -> None:
    assert write_units(item(text="x" * 3000), item(text="x"), []) == 3
    assert write_units(item(text="x" * 3000), None, []) == 3


def test_a_refused_write_counts_too() -> None:
    assert write_units(None, None, []) == 1
    assert write_units(ROW, ROW, [DUE, ALL]) == 1


@pytest.mark.parametrize(
    ("changes", "units"),
    [
        ({"name": "m"}, 1),  # the index does not show it
        ({"misses": "4"}, 1 + 1),  # the entry changes where it is
        ({"check_at": "12:01"}, 1 + 2),  # the entry moves: it is deleted and put
    ],
)
def test_an_index_is_written_only_where_what_it_shows_changes(changes: dict[str, str], units: int) -> None:
    assert write_units(ROW, ROW | item(**changes), [DUE]) == units


def test_an_item_enters_and_leaves_a_sparse_index() -> None:
    paused = {name: value for name, value in ROW.items() if name != "check_at"}
    assert write_units(ROW, paused, [DUE]) == 1 + 1
    assert write_units(paused, ROW, [DUE]) == 1 + 1
    assert write_units(paused, paused | item(name="m"), [DUE]) == 1


def test_a_read_counts_all_its_items_together_and_half_where_a_little_old_ones_do() -> None:
    page = [item(text="x" * 1000)] * 5
    assert read_units(page, consistent=True) == 2
    assert read_units(page, consistent=False) == 1
    assert read_units([], consistent=False) == 0.5
