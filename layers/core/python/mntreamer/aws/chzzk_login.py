"""The CHZZK login on AWS: a secret of Secrets Manager, held for five minutes, so that a renewed one soon counts."""

from datetime import UTC
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.utilities.parameters import BaseProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError

from mntreamer.domain.errors import BadInput
from mntreamer.platforms.chzzk_login import ChzzkLogin, login_in

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

HELD_S = 300
_KEPT_IN = "the secret that ChzzkLoginSecretArn names"


class ChzzkLoginSecret:
    """The secret of this name or ARN as a source of logins. Threads may share it."""

    def __init__(self, client: "SecretsManagerClient", secret_id: str) -> None:
        self._versions = _Versions(client)
        self._secret_id = secret_id

    def __call__(self) -> ChzzkLogin:
        """Raises BadInput where the secret cannot be read or holds no login."""
        try:
            version: Any = self._versions.get(self._secret_id, max_age=HELD_S)
        except GetParameterError as error:
            raise BadInput(f"{_KEPT_IN} cannot be read: {error}") from None
        return login_in(version["text"], _KEPT_IN, version["renewed_at"])


class _Versions(BaseProvider):
    """The current version of a secret and since when it is that, which Powertools' own provider leaves out."""

    def __init__(self, client: "SecretsManagerClient") -> None:
        super().__init__(client=client)  # type: ignore[no-untyped-call]  # it has no types
        self._client = client

    def _get(self, name: str, **_: Any) -> dict[str, Any]:
        version = self._client.get_secret_value(SecretId=name)
        return {"text": version.get("SecretString", ""), "renewed_at": version["CreatedDate"].astimezone(UTC)}

    def _get_multiple(self, path: str, **_: Any) -> dict[str, str]:
        raise BadInput(f"{path} is one secret, and secrets are read one by one")
