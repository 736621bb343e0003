"""How many files and connections the process may have open at once."""

import resource

# What macOS allows at the most; hundreds of recordings have room in it.
_MANY = 10_240


def allow_many_open_files() -> None:
    """Raise the process's own limit towards what it may.

    A recording has up to a dozen connections to its source and some files of the database open. The usual limit of
    1024 is that low for the sake of select(2) alone, which nothing here calls.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MANY if hard == resource.RLIM_INFINITY else min(hard, _MANY)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
