"""The answer to a request that met an error which nobody raised on purpose; what it was stands in the log."""

from mntreamer.domain.errors import MntreamerError

UNEXPECTED = {"error": {"code": MntreamerError.code, "message": "this should not have happened; the log says where"}}
