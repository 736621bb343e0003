"""The rules by which the other tests judge are IAM's."""

import pytest

from tests.rights.policies import Access, Permission, Role, permissions_in

_LISTING = Access("s3:ListBucket", "arn:aws:s3:::media")
_READING = Access("s3:GetObject", "arn:aws:s3:::media/a/index.m3u8")


def _role(*permissions: Permission) -> Role:
    return Role("role", frozenset(permissions))


@pytest.mark.parametrize("resource", ["*", _READING.resource, "arn:aws:s3:::media/*", "arn:aws:s3:::media/?/*.m3u8"])
def test_a_pattern_covers_what_it_matches(resource: str) -> None:
    assert _role(Permission("Allow", "S3:getobject", resource)).may(_READING)


@pytest.mark.parametrize("resource", ["arn:aws:s3:::media", "arn:aws:s3:::media/*.ts", "arn:aws:s3:::media/[a]/*"])
def test_a_pattern_covers_nothing_else(resource: str) -> None:
    assert not _role(Permission("Allow", "s3:GetObject", resource)).may(_READING)


def test_nothing_is_allowed_that_is_not_said() -> None:
    assert _role().missing([_READING]) == ["s3:GetObject on arn:aws:s3:::media/a/index.m3u8"]


def test_what_is_denied_is_not_allowed() -> None:
    assert not _role(Permission("Allow", "s3:*", "*"), Permission("Deny", "s3:GetObject", "*")).may(_READING)


@pytest.mark.parametrize(
    ("context", "may"), [({}, False), ({"k": "a"}, True), ({"k": "b"}, True), ({"k": "c"}, False)]
)
def test_a_condition_holds_for_its_values_only(context: dict[str, str], *, may: bool) -> None:
    document = {
        "Statement": {
            "Effect": "Allow",
            "Action": _LISTING.action,
            "Resource": _LISTING.resource,
            "Condition": {"StringEquals": {"k": ["a", "b"]}},
        }
    }
    asking = Access(_LISTING.action, _LISTING.resource, frozenset(context.items()))
    assert _role(*permissions_in(document)).may(asking) is may


@pytest.mark.parametrize(("null", "context", "may"), [("true", {}, True), ("true", {"k": "*"}, False)])
def test_null_is_about_whether_there_is_a_value(null: str, context: dict[str, str], *, may: bool) -> None:
    permission = Permission("Allow", "*", "*", frozenset({("Null", "k", (null,))}))
    assert _role(permission).may(Access("s3:PutObject", "a", frozenset(context.items()))) is may


def test_a_condition_that_nobody_has_taught_it_is_no_silent_yes() -> None:
    unknown = Permission("Allow", "*", "*", frozenset({("NumericLessThan", "k", ("3",))}))
    with pytest.raises(LookupError, match="NumericLessThan"):
        _role(unknown).may(Access("s3:GetObject", "a", frozenset({("k", "2")})))


def test_who_is_allowed_too_much_is_told_what() -> None:
    spare = Permission("Allow", "s3:PutObject", "arn:aws:s3:::media/*")
    assert _role(spare, Permission("Allow", "s3:GetObject", "*")).spare([_READING]) == [str(spare)]
