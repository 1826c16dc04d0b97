"""What cannot be derived, and why. It needs nothing else."""

__all__ = ["NotSupported"]


class NotSupported(NotImplementedError):  # noqa: N818 - it is no mistake of the caller's
    """A function that cannot be derived; the message says which word, why, and what works."""
