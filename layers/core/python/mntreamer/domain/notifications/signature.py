"""How a webhook's receiver knows that a notice is ours, and new."""

import base64
import hashlib
import hmac
from datetime import datetime


def signed(notice_id: str, body: bytes, key: bytes, now: datetime) -> dict[str, str]:
    """The headers that sign this body as sent `now`, with HMAC-SHA256.

    https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    """
    timestamp = str(int(now.timestamp()))
    content = b".".join((notice_id.encode(), timestamp.encode(), body))
    signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {"webhook-id": notice_id, "webhook-timestamp": timestamp, "webhook-signature": f"v1,{signature}"}
