"""The original notes stand on the built site, to the last printed digit."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from reading import article, code_blocks

PRINTED = {
    "notes/scalar-partials.html": """
        tensor([1.])
        tensor([1.], requires_grad=True)
        tensor([0.9093], grad_fn=<AddBackward0>)
        tensor([0.1677])
        tensor([-0.4161])
    """,
    "notes/vector-gradients.html": """
        tensor([-0.0717,  0.6340, -0.1064,  0.3226, -2.1567])
        tensor([-0.0717,  0.6340, -0.1064,  0.3226, -2.1567])
        tensor([-0.0717,  0.6340, -0.1064,  0.3226, -2.1567], grad_fn=<MulBackward0>)
    """,
    "notes/log-det.html": """
        tensor(1.1183)
        tensor([[ 0.3374, -0.1778, -0.3035, -0.5880,  0.3486],
                [ 0.6603, -0.2196, -0.3792,  0.7671, -0.4015],
                [ 0.6957, -1.8061,  1.8960, -0.1750,  1.3689],
                [-1.6033, -1.3250, -1.4096, -0.4076,  0.7953],
                [ 0.9985,  0.2212,  1.8319, -0.3378,  0.8805]], requires_grad=True)
        tensor([[ 0.7673, -0.2915, -0.4447, -1.1218, -0.3021],
                [ 0.5376,  0.2348, -0.5945,  1.1406,  1.0058],
                [ 0.0020, -0.6879,  0.3541, -0.4003, -0.7196],
                [-0.1782,  0.3465, -0.3755,  0.6708,  1.1536],
                [ 0.0992,  0.9788, -0.3062,  0.9806,  1.7905]])
    """,
}
CODE = {
    "notes/scalar-partials.html": """
        x = torch.tensor([1.0])
        y = torch.tensor([2.0])
        x.requires_grad = True
        y.requires_grad = True
        x = torch.tensor([1.0], requires_grad=True)
        y = torch.tensor([2.0], requires_grad=True)
        f = x * torch.log(x) + torch.sin(x * y)
        f.backward()
        print(x.grad)
        print(y.grad)
        with torch.no_grad():
            print(torch.log(x) + 1.0 + y * torch.cos(x * y))
            print(x * torch.cos(x * y))
    """,
    "notes/vector-gradients.html": """
        torch.manual_seed(123)
        x = torch.randn(5)
        y = torch.rand(5)
        x.requires_grad = True
        y.requires_grad = True
        f = (x + y).dot(x + y)
        f.backward()
        print(x.grad)
        print(y.grad)
        2.0 * (x + y)
    """,
    "notes/log-det.html": """
        torch.manual_seed(123)
        x = torch.randn(5, 5)
        if x.det().item() < 0:
            x = -x
        print(x.det().log())
        x.requires_grad = True
        f = torch.logdet(x)
        f.backward()
        print(x)
        print(x.grad)
    """,
}


@pytest.mark.parametrize("note", PRINTED)
def test_the_numbers_of_the_original_are_the_output_of_the_run(site: Path, note: str) -> None:
    """Every line that the original notes printed rightly stands in an output, in their order."""
    outputs = "\n".join(
        pre.get_text() for pre in article(site, note).select(".sphx-glr-script-out pre")
    )
    assert follows(lines(PRINTED[note]), lines(outputs))


@pytest.mark.parametrize("note", CODE)
def test_the_code_of_the_original_is_on_the_page(site: Path, note: str) -> None:
    """Every line that the original notes ran is shown where it was run, in their order."""
    shown = "\n".join(block.get_text() for block in code_blocks(site, note))
    assert follows(lines(CODE[note]), lines(shown))


def lines(text: str) -> list[str]:
    """Return the lines of a text, without indentation and blank lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def follows(expected: list[str], shown: list[str]) -> bool:
    """Say, with the first line that is missing, whether one list runs through the other."""
    rest = iter(shown)
    for line in expected:
        assert any(line in candidate for candidate in rest), f"missing, or out of order: {line}"
    return True


@pytest.mark.parametrize("number", ["0.5198", "-1.2900", "0.1677", "-0.4161", "3.0995", "3.0999"])
def test_the_riddle_is_told_with_its_numbers(site: Path, number: str) -> None:
    """What the original recorded, what is right, and the factor between them are in the prose."""
    text = BeautifulSoup(str(article(site, "notes/scalar-partials.html")), "html5lib")
    for block in text.select("pre"):
        block.decompose()
    assert number in text.get_text().replace("\N{MINUS SIGN}", "-")
