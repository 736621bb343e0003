"""An upload to S3 in parts, of which the first is sent last: its beginning is known only at the end."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from mntreamer.domain.error_place import kind_and_place
from mntreamer.ports import REWRITABLE_BYTES

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

# S3 takes 10,000 parts of at least 5 MiB each. They grow by as much after each thousand, to 440 GiB in all.
_PART_BYTES = 8 << 20
_OF_ONE_SIZE = 1000
_logger = logging.getLogger(__name__)


class S3Upload:
    """A multipart upload. It holds two parts in memory: the first, and the one that is being filled."""

    def __init__(self, client: "S3Client", bucket: str, key: str, upload_id: str) -> None:
        self._client = client
        self._bucket = bucket
        self._key = key
        self._upload_id = upload_id
        self._first = bytearray()
        self._filling = bytearray()
        self._sent: list[CompletedPartTypeDef] = []

    def write(self, body: bytes) -> None:
        room = _PART_BYTES - len(self._first)
        self._first += body[:room]
        self._filling += body[room:]
        while len(self._filling) >= self._part_bytes:
            self._send_filled()

    def rewrite_beginning(self, body: bytes) -> None:
        if len(body) > REWRITABLE_BYTES:
            raise ValueError(f"{len(body)} bytes are more than the beginning of an upload")
        self._first[: len(body)] = body

    def complete(self) -> None:
        if self._filling:
            self._send_filled()
        parts = [self._part(1, bytes(self._first)), *self._sent]
        self._client.complete_multipart_upload(
            Bucket=self._bucket, Key=self._key, UploadId=self._upload_id, MultipartUpload={"Parts": parts}
        )

    def abort(self) -> None:
        """What cannot be aborted now a rule of the bucket aborts after a day."""
        try:
            self._client.abort_multipart_upload(Bucket=self._bucket, Key=self._key, UploadId=self._upload_id)
        except (ClientError, BotoCoreError) as error:
            _logger.warning("an upload could not be aborted: %s", kind_and_place(error))

    @property
    def _part_bytes(self) -> int:
        return _PART_BYTES * (1 + len(self._sent) // _OF_ONE_SIZE)

    def _send_filled(self) -> None:
        size = self._part_bytes
        self._sent.append(self._part(len(self._sent) + 2, bytes(self._filling[:size])))
        del self._filling[:size]

    def _part(self, number: int, body: bytes) -> "CompletedPartTypeDef":
        answer = self._client.upload_part(
            Bucket=self._bucket, Key=self._key, UploadId=self._upload_id, PartNumber=number, Body=body
        )
        return {"PartNumber": number, "ETag": answer["ETag"]}


@contextmanager
def s3_upload(client: "S3Client", bucket: str, key: str, content_type: str) -> Iterator[S3Upload]:
    """Completed at the end of the block, aborted where it ends by an error."""
    begun = client.create_multipart_upload(Bucket=bucket, Key=key, ContentType=content_type)
    upload = S3Upload(client, bucket, key, begun["UploadId"])
    try:
        yield upload
        upload.complete()
    except BaseException:
        upload.abort()
        raise
