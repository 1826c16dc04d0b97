"""Arrays are found wherever they are, by name, and those that cannot be differentiated are named."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from autodiff_notes.checking.arguments import has_wanted, leaves
from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.inputs import Inputs
from checking.networks import Model, loss, model
from checking.refusals import raises
from support import double, draw, number, square


def test_names_come_from_the_signature() -> None:
    """Inputs are called as f calls them, and by position where f has no names."""
    x, y = draw(2), draw(2, seed=1)

    def names(f: Callable[..., Tensor], *inputs: Tensor) -> list[str]:
        report = check_gradient(f, tuple(inputs), *inputs)
        return [c.input for c in report.comparisons[::2]]

    assert names(lambda a, b: a.dot(b), x, y) == ["a", "b"]
    assert names(lambda a, *rest: a.dot(rest[0]), x, y) == ["a", "input 1"]
    assert names(lambda *all_of_them: all_of_them[0].dot(all_of_them[1]), x, y) == [
        "input 0",
        "input 1",
    ]
    assert names(torch.dot, x, y) == ["input 0", "input 1"]


def test_labels_flags_and_keywords() -> None:
    """Integers, None, strings and keyword arguments are passed on as they are."""
    x, y = draw(5, 3), torch.tensor([0, 2, 1, 1, 0])

    def claimed(x: Tensor, y: Tensor, weight: None, *, reduction: str) -> Tensor:
        assert weight is None
        assert reduction == "sum"
        return x.softmax(1) - F.one_hot(y, 3)

    f = F.cross_entropy
    assert check_gradient(f, claimed, x, y, None, reduction="sum")
    assert not check_gradient(
        f, lambda x, y, *_, **__: x.softmax(1) - F.one_hot(y, 3), x, y, None, reduction="mean"
    )


def test_nested_parameters() -> None:
    """Dictionaries and lists of parameters are walked, and the claim has their structure."""
    net = {"layers": [{"W": draw(3, 2), "b": draw(3, seed=1)}, draw(3, seed=2)], "scale": 2.0}
    X = draw(4, 2, seed=3).detach()

    def f(net: dict[str, Any], X: Tensor) -> Any:
        layer, out = net["layers"]
        return net["scale"] * ((X @ layer["W"].mT + layer["b"]).tanh() @ out).sum()

    def claimed(net: dict[str, Any], X: Tensor) -> dict[str, Any]:
        layer, out = net["layers"]
        h = (X @ layer["W"].mT + layer["b"]).tanh()
        D = net["scale"] * out * (1 - h**2)
        return {"layers": [{"b": D.sum(0), "W": D.mT @ X}, net["scale"] * h.sum(0)]}

    report = check_gradient(f, claimed, net, X)
    assert report.holds
    names = ["net['layers'][0]['W']", "net['layers'][0]['b']", "net['layers'][1]"]
    assert [c.input for c in report.comparisons[::2]] == names

    def flat(net: dict[str, Any], X: Tensor) -> list[Tensor]:
        first, second = claimed(net, X)["layers"]
        return [first["W"], 2 * first["b"], second]

    report = check_gradient(f, flat, net, X)
    assert report.diagnoses[0].sentence.startswith(
        "The claimed gradient for net['layers'][0]['b'] is 2"
    )
    message = r"expected one with the keys 'W', 'b'"
    with pytest.raises(ValueError, match=message):
        check_gradient(f, lambda net, _: {"layers": [{"W": 0}, net["layers"][1]]}, net, X)


class Pair(NamedTuple):
    """Two tensors with names."""

    a: Tensor
    b: Tensor


@pytest.mark.parametrize("claimed", [lambda p: (p.b, p.a), lambda p: Pair(p.b, p.a)])
def test_named_tuple(claimed: Callable[[Pair], tuple[Tensor, ...]]) -> None:
    """The parts of a named tuple keep their names, in f, in the claim and in the report."""
    report = check_gradient(lambda p: p.a @ p.b, claimed, Pair(draw(3), draw(3, seed=1)))
    assert report.holds
    assert [c.input for c in report.comparisons[::2]] == ["p['a']", "p['b']"]


def test_a_list_may_stand_for_a_dictionary() -> None:
    """Gradients of a dictionary may come as a list in its order, and those of a list not by names."""

    def f(p: Any, z: Tensor) -> Any:
        a, b = p.values() if isinstance(p, dict) else p
        return a @ b + z @ z

    a, b, z = draw(3), draw(3, seed=1), draw(2)
    found = check_gradient(f, lambda p, z: ([p["b"], p["a"]], 2 * z), {"a": a, "b": b}, z)
    assert found.holds
    with pytest.raises(ValueError, match="keys 'a'; expected 2 gradients in a list"):
        check_gradient(f, lambda _, z: ({"a": b}, 2 * z), [a, b], z)


def test_module() -> None:
    """The parameters of a module are inputs by their names, and its buffers stay as they are."""
    net, X = model(), draw(6, 3).detach()
    before = {name: x.clone() for name, x in net.state_dict().items()}

    def backward(net: Model, X: Tensor) -> None:
        loss(net, X).backward()

    report = check_gradient(loss, backward, net, X)
    assert report.outcome == "holds", report
    assert [c.input for c in report.comparisons[::2]][:2] == ["net.first.weight", "net.first.bias"]
    assert any("f changes the buffers running_mean, running_var" in note for note in report.notes)
    assert any("zero to rounding" in note for note in report.notes)  # a bias before a batch norm
    assert all(torch.equal(before[name], x) for name, x in net.state_dict().items())
    assert all(p.grad is None for p in net.parameters())

    def wrong(net: Model, X: Tensor) -> dict[str, Tensor | None]:
        loss(net, X).backward()
        found = {name: p.grad for name, p in net.named_parameters()}
        found["last.bias"] = -found["last.bias"]  # type: ignore[operator]
        return found

    report = check_gradient(loss, wrong, net, X)
    assert (
        report.diagnoses[0].sentence
        == "The claimed gradient for net.last.bias has the opposite sign."
    )
    assert "and holds for the other 5 inputs" not in report.verdict
    assert report.verdict.startswith(
        "The claimed gradient does not hold for net.last.bias, and holds for"
    )


def test_functional_call() -> None:
    """The parameters of a module may be given as a dictionary."""
    net, X = model().eval(), draw(6, 3).detach()
    parameters = dict(net.named_parameters())

    def f(parameters: dict[str, Tensor], X: Tensor) -> Any:
        return torch.func.functional_call(net, parameters, (X,)).square().mean()

    assert check_gradient(f, torch.func.grad(f), parameters, X)


def test_wrt() -> None:
    """The arguments to differentiate can be named or numbered."""
    x, y = draw(3), draw(3, seed=1)
    assert check_gradient(torch.dot, y, x, y, wrt=0)
    assert check_gradient(lambda a, b: a.dot(b), x.detach(), x.detach(), y.detach(), wrt="b")
    # A keyword may be named as well, and then the others are constants.
    f, x, y = (lambda a, *, b: a.dot(b)), draw(3), draw(3, seed=1)
    report = check_gradient(f, lambda a, *, b: a, x, b=y, wrt="b")
    assert report.holds
    assert {c.input for c in report.comparisons} == {"b"}
    with pytest.raises(ValueError, match="wrt names 'c'; expected names of arguments: a, b"):
        check_gradient(lambda a, b: a.dot(b), x, x, y, wrt="c")


@pytest.mark.parametrize("dtype", [torch.int64, torch.bool])
def test_integer_input(dtype: torch.dtype) -> None:
    """An integer tensor cannot be differentiated, which is said with what to do."""
    k = torch.ones(3, dtype=dtype)
    raises(ValueError, rf"k is of type {dtype}, convert it with k?\.double", lambda k: k, double, k)
    with pytest.raises(TypeError, match=rf"k is of type {dtype}; expected float64.*leave it out"):
        check_gradient(lambda x, k: x @ k, lambda _, k: k, draw(3), k, wrt="k")


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_coarse_input(dtype: torch.dtype) -> None:
    """A type too coarse for finite differences is an error that names it."""
    x = torch.ones(3, dtype=dtype, requires_grad=True)
    raises(TypeError, f"{dtype}, too coarse", square, double, x)


@pytest.mark.parametrize("x", ["one", None, 3, [1, 2]])
def test_input_without_real_numbers(x: object) -> None:
    """Without an array or a float there is nothing to differentiate."""
    raises(ValueError, "no input requires a gradient", square, double, x)


def test_sparse_input() -> None:
    """A sparse tensor is an error that says how to make it dense."""
    x = draw(2, 2).detach().to_sparse().requires_grad_()
    raises(TypeError, r"x is sparse; expected a dense tensor, x.to_dense\(\)", square, double, x)


def test_sparse_constant() -> None:
    """A sparse constant is passed on as it is."""
    A = draw(3, 3).detach().to_sparse()
    report = check_gradient(
        lambda x, A: (A @ x[:, None]).sum(), lambda x, A: A.to_dense().sum(0) + 0 * x, draw(3), A
    )
    assert report.holds


def test_empty_input() -> None:
    """A tensor without entries is an error that names its shape."""
    x = torch.ones(0, 3, dtype=torch.float64, requires_grad=True)
    raises(ValueError, r"x has shape \(0, 3\) and no entries", square, double, x)


@pytest.mark.parametrize("bad", [torch.nan, torch.inf])
def test_input_that_is_not_finite(bad: float) -> None:
    """An input with a NaN or an infinity is an error; a mask of infinities is a constant."""
    raises(ValueError, "x has entries that are NaN or infinite", square, double, number(bad))
    mask = torch.tensor([0.0, -torch.inf], dtype=torch.float64)
    assert check_gradient(
        lambda x, mask: (x + mask).logsumexp(0),
        lambda x, mask: (x + mask).softmax(0),
        draw(2),
        mask,
    )


@pytest.mark.parametrize("inputs", [(), (torch.ones(3),)])
def test_nothing_to_differentiate(inputs: tuple[Tensor, ...]) -> None:
    """Without an input that requires a gradient there is nothing to check."""
    raises(ValueError, "no input requires a gradient", square, double, *inputs)


def f(a: Any, b: Any = None, *rest: Any, c: Any = None) -> None:
    """Take arguments of every kind."""


X, K = torch.ones(2, requires_grad=True), torch.ones(2)
KNOWN = "expected names of arguments: a, b, input 2, c"


@pytest.mark.parametrize(
    ("wrt", "wanted"),
    [
        (None, [0, 2, 3]),
        ([0], [0]),
        ([1], [1]),
        ([2], [2]),
        (["a", "c"], [0, 3]),
        (["input 2", 1], [1, 2]),
        ([3], "wrt names 3; " + KNOWN),
        ([-1], "wrt names -1; " + KNOWN),
        (["rest"], "wrt names 'rest'; " + KNOWN),
    ],
)
def test_what_is_differentiated(wrt: list[str | int] | None, wanted: list[int] | str) -> None:
    """Without a word what requires a gradient is differentiated, with one what is named or numbered."""
    if isinstance(wanted, str):
        with pytest.raises(ValueError, match=f"^{re.escape(wanted)}$"):
            Inputs.of(f, (X, K, X), {"c": X}, wrt)
        return
    found = Inputs.of(f, (X, K, X), {"c": X}, wrt)
    assert found.names == ["a", "b", "input 2", "c"]
    assert found.wanted == wanted


@pytest.mark.parametrize(
    ("b", "told"),
    [
        (K.long(), "b is of type torch.int64; expected float64. Convert it with .double(), or leave it out of wrt"),
        (K.half(), "b is of type torch.float16, too coarse to check; expected float64"),
        (torch.eye(2).to_sparse(), "b is sparse; expected a dense tensor, b.to_dense()"),
    ],
)  # fmt: skip
def test_array_that_cannot_be_differentiated(b: Tensor, told: str) -> None:
    """What was named and has no derivative is told with what to do."""
    with pytest.raises(TypeError, match=f"^{re.escape(told)}$"):
        Inputs.of(f, (X, b), wrt=["b"])
    assert Inputs.of(f, (X, b)).wanted == [0]


def test_containers_keep_their_kind() -> None:
    """A dictionary, a list and a tuple come back as what they were, with every array in its place."""

    class Named(dict[str, Any]):
        """A dictionary with more to it."""

    tree = Named(p=X, q=[K, (X, 1)], pair=Pair(X, K))
    place = Inputs.of(f, (tree, {"only": K}), {"c": [X]})
    names = ["a['p']", "a['q'][0]", "a['q'][1][0]", "a['pair']['a']", "a['pair']['b']"]
    assert place.names == [*names, "b['only']", "c[0]"]
    assert place.wanted == [0, 2, 3, 6]
    assert Inputs.of(f, (tree, X), wrt=["a"]).wanted == [0, 1, 2, 3, 4]
    (found, only), keywords, used = place.filled()
    assert type(found) is Named
    assert type(found["q"][1]) is tuple
    assert type(found["pair"]) is Pair
    assert found["q"][1][1] == 1
    assert found["pair"].b.data_ptr() == K.data_ptr()
    assert only["only"].data_ptr() == K.data_ptr()
    assert type(keywords["c"]) is list
    assert list(used) == place.wanted
    assert tree["p"] is X
    assert list(leaves(tree)) == [X, K, X, 1, X, K]


def test_floats_are_inputs_where_there_is_no_array() -> None:
    """Numbers are differentiated in double precision, unless there is an array."""
    found = Inputs.of(f, (1.0, 2, 3j))
    assert (found.names, found.wanted) == (["a", "input 2"], [0, 1])
    assert [x.dtype for x in found.leaves] == [torch.float64, torch.complex128]
    assert Inputs.of(f, (1.0, X)).names == ["b"]
    arrays = {"p": np.ones(2), "q": [np.ones(2, dtype=int), 1.0]}
    assert Inputs.of(f, (arrays, np.ones(3))).wanted == [0, 2]


def test_module_in_a_container() -> None:
    """The parameters of a module are arrays wherever it stands, frozen ones are constants."""
    net = torch.nn.Linear(2, 1)
    net.bias.requires_grad_(False)
    place = Inputs.of(f, ([net],))
    assert place.names == ["a[0].weight", "a[0].bias"]
    assert place.wanted == [0]
    assert Inputs.of(f, ([net],), wrt=["a"]).wanted == [0, 1]
    moved = place.with_leaves({0: torch.full((1, 2), 7.0), 1: torch.full((1,), 5.0)})
    (((own,), *_), _, used) = moved.filled(graph=True)
    assert own is not net
    assert own(torch.ones(2)).item() == 19
    assert used[0] is own.weight
    assert net.weight.abs().max() < 1


def test_which_arguments_have_a_part() -> None:
    """An argument has a part of the claim if an array in it is differentiated, at any depth."""
    place = Inputs.of(f, ({"p": [K, (K, X)]}, [K], torch.nn.Linear(1, 1), 3.0))
    assert [has_wanted(x, place.wanted) for x in place.template[0]] == [True, False, True, False]
