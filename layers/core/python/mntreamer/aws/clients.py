"""How our boto3 clients behave: for the composition root, which makes them."""

from botocore.config import Config

# A request that hangs is given up after 15 s and two pauses: what is well answers within a second, and whoever needs
# the answer asks again. A recorder's uploads and its books share a client, each in a thread of its own: what hangs
# holds up its own thread alone, and a lease of 90 s must outlive some that do in a row.
# As many connections as a tick has probes at once.
CONFIG = Config(
    retries={"mode": "standard", "total_max_attempts": 3},
    connect_timeout=3,
    read_timeout=5,
    max_pool_connections=128,
    tcp_keepalive=True,
)
# A presigned URL must name the bucket's regional host: the global one answers with a redirect that players refuse.
S3_CONFIG = CONFIG.merge(Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))
# Nobody waits for an exporter's answers, and to do hours of work anew costs more than to wait for the store a while.
EXPORT_CONFIG = S3_CONFIG.merge(Config(retries={"mode": "standard", "total_max_attempts": 6}, read_timeout=60))
# As long as a function may take, and not twice.
INVOKE_CONFIG = CONFIG.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}, read_timeout=130))
