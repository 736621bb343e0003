"""The port `MediaStore` on S3. A version is an object's ETag."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import islice
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from mntreamer.aws.s3_upload import s3_upload
from mntreamer.domain.errors import StoreConflict
from mntreamer.ports import StoredObject, Upload

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef, HeadObjectOutputTypeDef, ObjectTypeDef

# S3 answers with it while another write to the key is under way, and asks to repeat the upload.
_UNDER_WAY = "ConditionalRequestConflict"
_ATTEMPTS = 5
# As many as one DeleteObjects takes.
_DELETED_AT_ONCE = 1000
_TAKEN = "PreconditionFailed"
_CONFLICTS = {_TAKEN, _UNDER_WAY, "NoSuchKey"}
# What is put may be replaced: browsers that play from the bucket would otherwise guess how long it stays as it is.
_ASKED_FOR_AGAIN = "no-cache"
# Of an empty object there is no range.
_NO_BYTES = "InvalidRange"
# HEAD has no body to name the error in.
_ABSENT = "404"


class S3MediaStore:
    """The bucket. Links need a client that signs with `s3v4` for the bucket's region (`clients.S3_CONFIG`)."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
        for _ in range(_ATTEMPTS):
            try:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=key,
                    Body=body,
                    ContentType=content_type,
                    Metadata=metadata,
                    IfNoneMatch="*",
                )
            except ClientError as error:
                if _code(error) == _TAKEN:
                    return False
                if _code(error) != _UNDER_WAY:
                    raise
            else:
                return True
        raise StoreConflict(f"{key} is being written by somebody else; try again")

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        condition: dict[str, Any] = {"IfMatch": replaces} if replaces else {"IfNoneMatch": "*"}
        try:
            answer = self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=body,
                ContentType=content_type,
                CacheControl=_ASKED_FOR_AGAIN,
                **condition,
            )
        except ClientError as error:
            if _code(error) in _CONFLICTS:
                raise StoreConflict(f"{key} was written by somebody else meanwhile; read it again") from error
            raise
        return answer["ETag"]

    def upload(self, key: str, content_type: str) -> AbstractContextManager[Upload]:
        return s3_upload(self._client, self._bucket, key, content_type)

    def get(self, key: str) -> StoredObject | None:
        answer = self._found(key)
        return StoredObject(answer["Body"].read(), answer["ETag"]) if answer else None

    def beginning(self, key: str, size_bytes: int) -> bytes | None:
        try:
            answer = self._found(key, Range=f"bytes=0-{size_bytes - 1}")
        except ClientError as error:
            if _code(error) != _NO_BYTES:
                raise
            return b""
        return answer["Body"].read() if answer else None

    def version(self, key: str) -> str | None:
        head = self._head(key)
        return head["ETag"] if head else None

    def metadata(self, key: str) -> tuple[Mapping[str, str], int] | None:
        head = self._head(key)
        return (head["Metadata"], head["ContentLength"]) if head else None

    def delete(self, keys: Iterable[str]) -> None:
        for chunk in _batched(keys, _DELETED_AT_ONCE):
            objects: Any = {"Objects": [{"Key": key} for key in chunk], "Quiet": True}
            failed = self._client.delete_objects(Bucket=self._bucket, Delete=objects).get("Errors", [])
            if failed:
                kinds = ", ".join(sorted({error.get("Code", "no reason given") for error in failed}))
                raise StoreConflict(f"{len(failed)} objects could not be deleted ({kinds}); it can be tried again")

    def list_keys(self, prefix: str, after: str = "") -> Iterator[str]:
        yield from (entry["Key"] for entry in self._entries(prefix, after))

    def list_sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        yield from ((entry["Key"], entry["Size"]) for entry in self._entries(prefix))

    def link(self, key: str, expires_s: int) -> str:
        return self._client.generate_presigned_url(
            "get_object", Params={"Bucket": self._bucket, "Key": key}, ExpiresIn=expires_s
        )

    def public_url(self, key: str) -> str:
        return self.link(key, expires_s=1).partition("?")[0]

    def _entries(self, prefix: str, after: str = "") -> "Iterator[ObjectTypeDef]":
        behind: dict[str, Any] = {"StartAfter": after} if after else {}
        listing = self._client.get_paginator("list_objects_v2")
        for page in listing.paginate(Bucket=self._bucket, Prefix=prefix, **behind):
            yield from page.get("Contents", [])

    def _found(self, key: str, **part: Any) -> "GetObjectOutputTypeDef | None":
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key, **part)
        except self._client.exceptions.NoSuchKey:
            return None

    def _head(self, key: str) -> "HeadObjectOutputTypeDef | None":
        try:
            return self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if _code(error) != _ABSENT:
                raise
            return None


def _code(error: ClientError) -> str:
    return error.response["Error"]["Code"]


def _batched(keys: Iterable[str], size: int) -> Iterator[list[str]]:
    """The keys in lists of so many; the last may be shorter."""
    remaining = iter(keys)
    while chunk := list(islice(remaining, size)):
        yield chunk
