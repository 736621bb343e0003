"""The webhooks, as Secrets Manager keeps them."""

from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.utilities.parameters import SecretsProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError

from mntreamer.domain.errors import BadInput
from mntreamer.domain.notifications.webhook import Webhook, webhooks_in

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

HELD_S = 300
_KEPT_IN = "the secret that WebhooksSecretArn names"


class WebhooksSecret:
    """The secret of this name or ARN, held for five minutes; only `allowed_hosts` may be told by plain http."""

    def __init__(self, client: "SecretsManagerClient", secret_id: str, allowed_hosts: frozenset[str]) -> None:
        self._secrets = SecretsProvider(boto3_client=client)
        self._secret_id = secret_id
        self._allowed_hosts = allowed_hosts

    def __call__(self) -> tuple[Webhook, ...]:
        """Raises BadInput where the secret cannot be read or holds no webhooks."""
        try:
            text: Any = self._secrets.get(self._secret_id, max_age=HELD_S)
        except GetParameterError as error:
            raise BadInput(f"{_KEPT_IN} cannot be read: {error}") from None
        return webhooks_in(text, _KEPT_IN, self._allowed_hosts)
