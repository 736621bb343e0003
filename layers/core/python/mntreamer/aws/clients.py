"""How our boto3 clients behave: for the composition root, which makes them."""

from botocore.config import Config

# Short of a Lambda's minute even when it must try again; as many connections as a tick has probes at once.
CONFIG = Config(
    retries={"mode": "standard", "total_max_attempts": 4},
    connect_timeout=3,
    read_timeout=10,
    max_pool_connections=128,
    tcp_keepalive=True,
)
# A presigned URL must name the bucket's regional host: the global one answers with a redirect that players refuse.
S3_CONFIG = CONFIG.merge(Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))
