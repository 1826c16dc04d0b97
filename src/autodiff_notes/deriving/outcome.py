"""What cannot be derived, and why. It needs nothing else."""

__all__ = ["DomainNeeded", "NotSupported"]


class NotSupported(NotImplementedError):  # noqa: N818 - it is no mistake of the caller's
    """A function that cannot be derived; the message says which word, why, and what works."""


class DomainNeeded(ValueError):  # noqa: N818 - as above
    """A word that is not defined everywhere where its variable was declared.

    Attributes
    ----------
    offered : tuple of str
        The declarations with a set in which it is.
    """

    def __init__(self, problem: str, offered: tuple[str, ...]) -> None:
        """Keep the declarations."""
        super().__init__(problem)
        self.offered = offered
