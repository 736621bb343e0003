"""The API's token, as Secrets Manager keeps it."""

from typing import TYPE_CHECKING

from mntreamer.domain.errors import SettingMissing

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


def secret_token(client: "SecretsManagerClient", secret_id: str) -> str:
    """The token in the secret of this name or ARN. Raises SettingMissing where it holds no text."""
    token = client.get_secret_value(SecretId=secret_id).get("SecretString", "")
    if not token:
        raise SettingMissing(f"the secret {secret_id} holds no text; store the API's token in it")
    return token
