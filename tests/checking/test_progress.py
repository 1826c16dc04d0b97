"""Who waits for more than a few seconds sees how far it is."""

import sys
import time
import types
from collections.abc import Iterable

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking import progress as module
from autodiff_notes.checking.gradient import check_gradient
from support import draw


def test_a_slow_check_shows_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Past the delay a bar names the input; a quick check shows none."""
    pytest.importorskip("tqdm")

    def slow(x: Tensor) -> Tensor:
        time.sleep(1e-3)
        return x.sin().sum()

    assert check_gradient(slow, torch.cos, draw(5))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(module, "DELAY", 0.02)
    assert check_gradient(slow, torch.cos, draw(40))
    assert "differences along x" in capsys.readouterr().err


def test_the_bar_counts_the_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each input has a bar of its own, with a step for each entry and a delay of a few seconds."""
    made = []

    def tqdm(steps: Iterable[int], **options: object) -> Iterable[int]:
        made.append((list(steps), options["desc"], options["delay"]))
        return steps

    monkeypatch.setattr(module, "find_spec", {"tqdm": True}.get)
    monkeypatch.setitem(sys.modules, "tqdm", types.SimpleNamespace(tqdm=tqdm))
    x, y = draw(3), draw(2, seed=1)
    assert check_gradient(
        lambda x, y: x.sum() * y.sum(), lambda x, y: (x * 0 + y.sum(), y * 0 + x.sum()), x, y
    )
    steps, names, delays = zip(*dict.fromkeys((len(s), d, t) for s, d, t in made), strict=True)
    assert (steps, names) == ((3, 2), ("differences along x", "differences along y"))
    assert all(1 < delay < 10 for delay in delays)


def test_without_tqdm_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar is no dependency."""
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    steps: Iterable[int] = range(3)
    assert module.progress("x")(steps) is steps
