"""Whom to tell over HTTP: webhooks as their owner lists them."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from mntreamer.domain.errors import BadInput
from mntreamer.domain.notifications.notice import Notice, NoticeType

_SECRET = "whsec_"  # noqa: S105 -- what a secret begins with
_KEY_BYTES = range(24, 65)
_OF_DISCORD = ("discord.com", "discordapp.com")
_FIELDS = {"name", "url", "kind", "secret", "types"}


class WebhookKind(StrEnum):
    STANDARD = "standard"
    DISCORD = "discord"


@dataclass(frozen=True, slots=True)
class Webhook:
    """`name` is what it is called in logs; its `url` is a secret. `types` are told, all if there are none.

    `key` signs; it is empty for kinds that are not signed.
    """

    name: str
    kind: WebhookKind
    url: str = field(repr=False)
    key: bytes = field(default=b"", repr=False)
    types: frozenset[NoticeType] = frozenset()

    def wants(self, notice: Notice) -> bool:
        return not self.types or notice.type in self.types or notice.type is NoticeType.TEST


def webhooks_in(text: str | bytes, kept_in: str, allowed_hosts: frozenset[str]) -> tuple[Webhook, ...]:
    """The webhooks in a JSON list. `kept_in` says where it is from; only `allowed_hosts` may be told by plain http.

    Raises BadInput, which quotes neither a URL nor a secret.
    https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    """
    try:
        listed = json.loads(text)
    except ValueError:
        raise BadInput(f"{kept_in} holds no JSON") from None
    if not isinstance(listed, list):
        raise BadInput(f"{kept_in} holds no list of webhooks")
    webhooks = tuple(_webhook(entry, f"webhook {n} in {kept_in}", allowed_hosts) for n, entry in enumerate(listed, 1))
    if len({webhook.name for webhook in webhooks}) < len(webhooks):
        raise BadInput(f"two webhooks in {kept_in} have one name")
    return webhooks


def _webhook(entry: object, which: str, allowed_hosts: frozenset[str]) -> Webhook:
    if not isinstance(entry, dict) or not _is_described(entry):
        raise BadInput(f"{which} needs a name and a url, and may have: kind, secret, types")
    kind = _kind(entry, _host(entry["url"], which, allowed_hosts), which)
    return Webhook(entry["name"], kind, entry["url"], _key(entry, kind, which), _types(entry, which))


def _is_described(entry: Mapping[str, Any]) -> bool:
    named = [entry.get("name"), entry.get("url")]
    return all(isinstance(text, str) and text for text in named) and entry.keys() <= _FIELDS


def _host(url: str, which: str, allowed_hosts: frozenset[str]) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise BadInput(f"the url of {which} is none") from None
    if host and (parts.scheme == "https" or (parts.scheme == "http" and host in allowed_hosts)):
        return host
    raise BadInput(f"the url of {which} is not https, and MNTREAMER_ALLOWED_HOSTS does not name its host")


def _kind(entry: Mapping[str, Any], host: str, which: str) -> WebhookKind:
    is_discord = any(host == ours or host.endswith(f".{ours}") for ours in _OF_DISCORD)
    usual = WebhookKind.DISCORD if is_discord else WebhookKind.STANDARD
    try:
        return WebhookKind(entry.get("kind", usual))
    except ValueError:
        raise BadInput(f"the kind of {which} is none of: {', '.join(WebhookKind)}") from None


def _key(entry: Mapping[str, Any], kind: WebhookKind, which: str) -> bytes:
    if kind is WebhookKind.DISCORD:
        return b""
    secret = entry.get("secret")
    if isinstance(secret, str) and secret.startswith(_SECRET):
        try:
            key = base64.b64decode(secret.removeprefix(_SECRET), validate=True)
        except binascii.Error:
            key = b""
        if len(key) in _KEY_BYTES:
            return key
    raise BadInput(f"{which} needs a secret to sign with: {_SECRET} and 24 to 64 random bytes in base64")


def _types(entry: Mapping[str, Any], which: str) -> frozenset[NoticeType]:
    named = entry.get("types", [])
    if isinstance(named, list) and all(kind in list(NoticeType) for kind in named):
        return frozenset(map(NoticeType, named))
    raise BadInput(f"the types of {which} are a list of some of: {', '.join(NoticeType)}")
