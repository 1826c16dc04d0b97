"""What cannot be derived, and why."""

from autodiff_notes.deriving.outcome import DomainNeeded, NotSupported


def test_the_errors_are_of_kinds_that_callers_know() -> None:
    """What is not supported is not implemented; a missing domain is a wrong value, with a way out."""
    assert issubclass(NotSupported, NotImplementedError)
    error = DomainNeeded("X says too little", ("X in spd(n)",))
    assert isinstance(error, ValueError)
    assert (str(error), error.offered) == ("X says too little", ("X in spd(n)",))
