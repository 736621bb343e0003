"""The API's token, as Secrets Manager keeps it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mntreamer.domain.errors import SettingMissing
from mntreamer.ports import Clock

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

HELD = timedelta(minutes=5)
# Whoever sends wrong tokens makes us read as often as that, for a cent a day.
READ_AGAIN_AFTER = timedelta(seconds=30)


class SecretToken:
    """The token in the secret of this name or ARN, held for a while: one that was replaced opens nothing after it."""

    def __init__(self, client: "SecretsManagerClient", secret_id: str, clock: Clock) -> None:
        self._client = client
        self._secret_id = secret_id
        self._clock = clock
        self._held: tuple[str, datetime] | None = None  # and since when

    def current(self) -> str:
        """Raises SettingMissing where the secret holds no text."""
        now = self._clock()
        if self._held is None or now >= self._held[1] + HELD:
            self._held = self._read(), now
        return self._held[0]

    def is_replaced(self) -> bool:
        """Whether it is another one by now, for whoever was sent what it is not. Raises as `current` does.

        What was read half a minute ago at the most is taken to be still so.
        """
        held, now = self._held, self._clock()
        if held is None or now < held[1] + READ_AGAIN_AFTER:
            return False
        self._held = self._read(), now
        return self._held[0] != held[0]

    def _read(self) -> str:
        token = self._client.get_secret_value(SecretId=self._secret_id).get("SecretString", "").strip()
        if not token:
            raise SettingMissing(f"the secret {self._secret_id} holds no text; store the API's token in it")
        return token
