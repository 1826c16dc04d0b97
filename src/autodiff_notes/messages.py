"""Parts of the sentences in which an error says what was wrong.

>>> f"x is {type_of(3)}; expected a tensor"
'x is an int; expected a tensor'
"""

__all__ = ["type_of"]


def type_of(thing: object) -> str:
    """Return the type of a thing, with its article.

    Examples
    --------
    >>> import numpy as np
    >>> type_of(np.ones(2)), type_of([]), type_of(None), type_of(np.uint8(1))
    ('an ndarray', 'a list', 'a NoneType', 'a uint8')
    """
    name = type(thing).__name__
    vowel = name.lower().startswith((*"aeio", "ndarray"))  # as it is said
    return f"{'an' if vowel else 'a'} {name}"
