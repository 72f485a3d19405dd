"""One tree of expected errors. Each message is one line that names the file, the task and the fault.

Anything that is not an `ArcError` is a bug of ours and ends in another exit code.
"""


class ArcError(Exception):
    """Something a user can mend; the command line prints it as one line and exits with `exit_code`."""

    exit_code = 2


class DataError(ArcError):
    """A task, solutions or submission file that is not what it should be."""


class ConfigError(ArcError):
    """Settings that contradict each other or a run on disk."""


class ModelError(ArcError):
    """Weights or a prompt format that cannot be read or do not fit each other."""


class StoreError(ArcError):
    """A results folder that cannot be read or written."""
