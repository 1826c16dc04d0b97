"""Answers are normalised to JSON, and compared with the tolerance of their precision."""

import json
import math
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from autodiff_notes.engines import answers


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (torch.tensor([[1.0, -0.0]]), [[1.0, 0.0]]),
        (torch.tensor([math.nan, math.inf]), ["nan", "inf"]),
        (np.float32(0.5), 0.5),
        (np.array([1 + 2j]), [{"re": 1.0, "im": 2.0}]),
        ([torch.tensor(1.0), None], [1.0, None]),
        (True, 1.0),
        (SimpleNamespace(numpy=lambda: np.array([0.5])), [0.5]),  # TensorFlow's have no tolist
    ],
)
def test_arrays_of_every_kind_are_normalised(given: object, wanted: object) -> None:
    """Tensors, arrays, numbers and None become what JSON has, without the sign of a zero."""
    found = answers.normalised(given)
    assert json.loads(json.dumps(found)) == wanted
    assert "-0.0" not in json.dumps(found)


def test_agreement_has_the_tolerance_of_the_precision() -> None:
    """What agrees in float32 differs in float64, and a wrong digit differs in both."""
    assert answers.agree([1.00001], [1.0], "float32")
    assert not answers.agree([1.00001], [1.0])
    assert not answers.agree([1.01], [1.0], "float32")
    assert answers.agree([1e12], [1e12 + 1])


@pytest.mark.parametrize(
    ("a", "b"),
    [("nan", 0.0), ("inf", "-inf"), ("inf", 1e308), (None, 0.0), ([1.0], [1.0, 1.0])],
)
def test_what_is_no_number_agrees_with_itself_alone(a: object, b: object) -> None:
    """NaN, infinity, None and another count of entries agree with the same, and with no other."""
    assert answers.agree(a, a)
    assert not answers.agree(a, b)
    assert not answers.agree(b, a)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "\n----\n- Kernel select failed:\n----\nUnsupported op [A]\nnode: B",
            "Unsupported op [A]",
        ),
        (
            'Traceback (most recent call last):\n  File "a.h", line 2\nOther: failed\n',
            "Other: failed",
        ),
        ('File "a.py", line 4, in f:\n    return x[-1]\n    ^^^\nNot supported.', "Not supported."),
        ('\nBacktrace when that variable is created:\n  File "a.py", line 1', ""),
        ("", ""),
    ],
)
def test_an_error_is_told_by_the_line_that_says_something(text: str, message: str) -> None:
    """A rule, a heading, a traceback's frames and code are no message; the last line may be one."""
    assert answers.error(ValueError(text))["message"] == message


def test_errors_name_no_folder_and_no_address() -> None:
    """The first line of an error is kept, without what belongs to one machine."""
    problem = ValueError("\n  bad file /home/somebody/engine/core.py at 0x7f00aa\nmore")
    assert answers.error(problem) == {"type": "ValueError", "message": "bad file … at …"}


def test_precision_is_that_of_the_first_array() -> None:
    """Half, single and double precision are told from the dtype; a plain number is double."""
    assert answers.precision_of([torch.tensor(1.0, dtype=torch.float32)]) == "float32"
    assert answers.precision_of(torch.tensor(1.0, dtype=torch.bfloat16)) == "float16"
    assert answers.precision_of(np.complex64(1)) == "float32"
    assert answers.precision_of([1.0]) == "float64"
