from collections.abc import Callable

import pytest

from mntreamer.domain.errors import PlatformError
from mntreamer.platforms.fields import Fields, fields_in

SIGNED = "https://media.example/a.m3u8?token=secret"


@pytest.mark.parametrize("value", [None, [], "text", 1, True])
def test_only_an_object_has_fields(value: object) -> None:
    with pytest.raises(PlatformError, match="answer is missing or not a JSON object"):
        fields_in("answer", value)


@pytest.mark.parametrize(
    ("values", "read"),
    [
        ({}, lambda fields: fields.text("key")),
        ({"key": None}, lambda fields: fields.text("key")),
        ({"key": 1}, lambda fields: fields.text_or_none("key")),
        ({"key": "1"}, lambda fields: fields.number("key")),
        ({"key": True}, lambda fields: fields.number("key")),
        ({"key": "true"}, lambda fields: fields.flag("key")),
        ({"key": 1}, lambda fields: fields.flag("key")),
        ({"key": [1]}, lambda fields: list(fields.inner_list("key"))),
        ({"key": {}}, lambda fields: list(fields.inner_list("key"))),
        ({"key": []}, lambda fields: fields.inner("key")),
        ({}, lambda fields: fields.inner_or_null("key")),
        ({"key": "{"}, lambda fields: fields.inner_json("key")),
        ({"key": "[" * 100_000}, lambda fields: fields.inner_json("key")),
        ({"key": SIGNED}, lambda fields: fields.inner_json("key")),
        ({"key": SIGNED}, lambda fields: fields.number("key")),
    ],
)
def test_another_type_is_an_error_that_names_the_key_and_not_the_value(
    values: dict[str, object], read: Callable[[Fields], object]
) -> None:
    with pytest.raises(PlatformError, match=r"answer\.key") as raised:
        read(fields_in("answer", values))
    assert "secret" not in str(raised.value)


def test_what_is_absent_counts_as_null_where_null_has_a_meaning() -> None:
    fields = fields_in("answer", {"nothing": None})
    assert fields.text_or_none("absent") is None
    assert fields.flag("absent") is False
    assert not fields.has("absent")
    assert fields.inner_or_null("nothing") is None


def test_inner_objects_know_where_they_are() -> None:
    fields = fields_in("answer", {"list": [{"key": 1}, {"key": "b"}], "text": '{"key": 2}'})
    assert fields.inner_json("text").number("key") == 2
    first, second = fields.inner_list("list")
    assert first.number("key") == 1
    with pytest.raises(PlatformError, match=r"answer\.list\[1\]\.key"):
        second.number("key")


def test_values_do_not_show_in_a_repr() -> None:
    assert "secret" not in repr(fields_in("answer", {"path": SIGNED}))
