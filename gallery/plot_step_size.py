r"""
The error of a difference quotient falls and rises again
========================================================

A smaller step brings a difference quotient nearer to the derivative, until rounding takes over. Where that
happens depends on the precision, and in float32 ``gradcheck`` stands on the wrong side of it.
"""

import math
import re
from textwrap import fill
from warnings import catch_warnings

import matplotlib.pyplot as plt
import torch
from torch.autograd import gradcheck

from autodiff_notes import check_gradient

plt.style.use("autodiff_notes.figures")

# %%
# gradcheck in float32
# --------------------
# The function of the first note, with :math:`y = 2`, at three points. Its gradient is right:


def f(x):
    return x * torch.log(x) + torch.sin(2 * x)


points = torch.tensor([0.7, 1.3, 2.1], requires_grad=True)
with catch_warnings(record=True, action="always") as warned:
    try:
        gradcheck(lambda x: f(x).sum(), points)
    except RuntimeError as error:
        message = str(error)
print(fill(f"Warning: {warned[0].message}", 76))
print(message.strip())
assert "Jacobian mismatch" in message, "seen with torch 2.13"
assert "not a double precision" in str(warned[0].message), (
    "seen with torch 2.13"
)

# %%
# How far the second entries are apart, from the numbers of the message:

numbers = [float(number) for number in re.findall(r"-?\d+\.\d+", message)]
numerical, analytical = torch.tensor(numbers).view(2, 3)
apart = (numerical / analytical - 1)[1]
print(f"{apart:.0%}")
assert 0.055 < apart < 0.065, "seen with torch 2.13"

# %%
# In float64 it agrees
# --------------------
# The same function, the same points, twice as many bits:

double = points.detach().double().requires_grad_()
print(gradcheck(lambda x: f(x).sum(), double))
assert gradcheck(lambda x: f(x).sum(), double)

# %%
# Three quotients
# ---------------
# Forward, central, and the complex step: go sideways into the complex plane, and read off the imaginary part.


def forward(f, x, h):
    return (f(x + h) - f(x)) / h


def central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def complex_step(f, x, h):
    return f(torch.complex(x.expand_as(h), h)).imag / h


# %%
# Smaller is better, until it is not
# ----------------------------------
# The relative error at :math:`x = 1.3`, in float64:


def exact(x):
    return torch.log(x) + 1 + 2 * torch.cos(2 * x)


def error(quotient, h, dtype=torch.float64):
    x = torch.tensor(1.3, dtype=dtype)
    got = quotient(f, x, h.to(dtype)).double()
    truth = exact(x.double())
    return ((got - truth) / truth).abs()


print("h      forward  central  complex step")
table = []
for h in torch.logspace(-2, -14, 5, dtype=torch.float64):
    errors = [error(q, h).item() for q in (forward, central, complex_step)]
    print(f"{h:.0e}  " + "    ".join(f"{e:.0e}" for e in errors))
    table.append(errors)
assert all(new < old / 100 for new, old in zip(table[1], table[0]))
digits = [round(-math.log10(error)) for error in table[-1][:2]]
assert digits == [2, 2], "seen with torch 2.13"

# %%
# Below the precision of :math:`x` a step does not move it:

for quotient in (forward, central):
    print(quotient(f, torch.tensor(1.3, dtype=torch.float64), 1e-17).item())
    assert error(quotient, torch.tensor(1e-17, dtype=torch.float64)) == 1

# %%
# Two slopes
# ----------
# On the right, the curve that the quotient cuts off: error in proportion to :math:`h` or :math:`h^2`. On the left, the
# rounding of :math:`f`, divided by :math:`h`. Straight lines, fitted to the errors on logarithmic axes:


def fitted(quotient, low, high, dtype):
    h = torch.logspace(low, high, 200, dtype=torch.float64)
    lines = torch.stack([h.log10(), torch.ones_like(h)], dim=1)
    errors = error(quotient, h, dtype).clamp(min=1e-17)
    return (
        torch.linalg.lstsq(lines, errors.log10()[:, None]).solution[0].item()
    )


ranges = {
    ("float64", forward, 1): ((-6, -2), (-14, -9)),
    ("float64", central, 2): ((-4, -1), (-13, -7)),
    ("float32", forward, 1): ((-2.5, -1), (-6, -4)),
    ("float32", central, 2): ((-1.5, -0.5), (-6, -3)),
}
for (name, quotient, order), (right, left) in ranges.items():
    dtype = getattr(torch, name)
    slopes = [fitted(quotient, *ends, dtype) for ends in (left, right)]
    print(f"{name} {quotient.__name__:8} {slopes[0]:6.2f} {slopes[1]:6.2f}")
    assert abs(slopes[0] + 1) < 0.2
    assert abs(slopes[1] - order) < 0.2

# %%
# The best step, foreseen
# -----------------------
# Where the two parts are equally steep. With the precision :math:`\varepsilon`, forward wants about
# :math:`\sqrt\varepsilon` and central :math:`\sqrt[3]\varepsilon`:

h = torch.logspace(-12, -0.5, 461, dtype=torch.float64)
for name in ("float64", "float32"):
    dtype = getattr(torch, name)
    eps = torch.finfo(dtype).eps
    for quotient, root in ((forward, 1 / 2), (central, 1 / 3)):
        errors = error(quotient, h, dtype)
        smooth = errors.unfold(0, 21, 1).median(dim=1).values
        best = h[10:-10][smooth.argmin()]
        print(
            f"{name} {quotient.__name__:8} best {best:.0e}, "
            f"foreseen {eps**root:.0e}, error {smooth.min():.0e}"
        )
        assert 0.05 < best / eps**root < 20

# %%
# Error against step size
# -----------------------
# Both precisions, three quotients.

fig, axes = plt.subplots(1, 2, figsize=(6.8, 4.0), sharey=True)
fig.set_label(
    "Two panels, float32 and float64, of the relative error over the step size on logarithmic axes. The forward "
    "quotient falls with slope 1 as the step shrinks and rises again with slope -1; the central one falls with "
    "slope 2, reaches lower, and rises with slope -1. The complex step falls with slope 2 and stays at the "
    "precision. Dashed lines mark the square root and the cube root of the precision."
)
h = torch.logspace(-12, 0, 145, dtype=torch.float64)
for ax, name in zip(axes, ("float32", "float64")):
    dtype = getattr(torch, name)
    eps = torch.finfo(dtype).eps
    for quotient in (forward, central, complex_step):
        errors = error(quotient, h, dtype).clamp(min=1e-17)
        label = quotient.__name__.replace("_", " ")
        style = "--" if quotient is complex_step else "-"
        ax.loglog(h, errors, style, linewidth=1.2, label=label)
    for root, text in (
        (1 / 2, r"$\sqrt{\varepsilon}$"),
        (1 / 3, r"$\sqrt[3]{\varepsilon}$"),
    ):
        ax.axvline(eps**root, color="#56616d", linestyle="--", linewidth=0.8)
        ax.text(eps**root, 30, text, ha="center", color="#56616d")
    ax.axvline(1e-6, color="#74489d", linestyle=":", linewidth=1.2)
    ax.set(title=name, xlabel="step $h$", ylim=(1e-18, 10))
    ax.title.set_position((0, 1.06))
    ax.text(1.2e-6, 2e-18, "gradcheck", color="#74489d")
axes[1].text(1.5e-12, 1e-9, "slope -1")
axes[1].text(2e-5, 3e-2, "slope 1")
axes[1].text(3e-3, 1e-8, "slope 2")
axes[0].set_ylabel("relative error")
fig.legend(
    *axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3
)
plt.show()

# %%
# No subtraction, no rounding to fear
# -----------------------------------
# :math:`f(x + ih) = f(x) + ih f'(x) - \dots`, so the imaginary part holds the derivative alone. The step may be
# absurdly small:

tiny = torch.tensor(1e-100, dtype=torch.float64)
print(f"h = 1e-100: error {error(complex_step, tiny):.0e}")
assert error(complex_step, tiny) < 1e-15

# %%
# There is an end all the same, where the step itself has no digits left, at the smallest numbers of the type:

at_the_end = {
    "float64": (1e-300, 1e-310, 1e-322),
    "float32": (1e-30, 1e-40, 1e-44),
}
for name, steps in at_the_end.items():
    dtype = getattr(torch, name)
    errors = [
        error(complex_step, torch.tensor(h, dtype=dtype), dtype) for h in steps
    ]
    print(
        name, *(f"{h:.0e}: {e:.0e}" for h, e in zip(steps, errors)), sep="  "
    )
    assert errors[0] < 1e-6
    assert errors[2] > 1e-3

# %%
# But the program must be analytic
# --------------------------------
# A modulus or a conjugate treats the imaginary part in its own way. For a real :math:`x` each of these is
# :math:`x^2`, with derivative 2.6; the quotient gives three answers, and no warning:

x = torch.tensor(1.3, dtype=torch.float64)
squares = {
    "x * x": lambda x: x * x,
    "x * abs(x)": lambda x: x * x.abs(),
    "x * conj(x)": lambda x: x * x.conj(),
}
answers = [complex_step(g, x, tiny).item() for g in squares.values()]
for name, answer in zip(squares, answers):
    print(f"{name:12} {answer:.1f}")
assert [round(a, 9) for a in answers] == [2.6, 1.3, 0], "seen with torch 2.13"

# %%
# A step for each size of x
# -------------------------
# ``gradcheck`` takes the step 1e-6 whatever :math:`x` is. For :math:`x \log x`, far from 1:


def g(x):
    return x * torch.log(x)


verdicts = {}
for value in (1e-8, 1.0, 1e9):
    x = torch.tensor(value, dtype=torch.float64, requires_grad=True)
    scaled = torch.finfo(x.dtype).eps ** (1 / 3) * value
    verdicts[value] = [
        gradcheck(g, x, eps=step, raise_exception=False)
        for step in (1e-6, scaled)
    ]
    made = ((x + 1e-6) - (x - 1e-6)).item() / 2e-6
    print(f"x = {value:.0e}: made step {made:.3f} of h, {verdicts[value]}")
assert [first for first, _ in verdicts.values()] == [False, True, False]
assert all(second for _, second in verdicts.values())

# %%
# At 1e-8 the step leaves the domain. At 1e9 numbers lie 1.2e-7 apart, so :math:`x + h` is rounded, and the step that is made is
# not the one that is divided by: a third error.

# %%
# A step that looks at its own error
# ----------------------------------
# The size of :math:`x` says little where the function turns much faster than :math:`x` changes:


def fast(x):
    return torch.sin(1e6 * x)


x = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
by_hand = 1e6 * torch.cos(1e6 * x)
for step in (1e-6, torch.finfo(x.dtype).eps ** (1 / 3), 1e-9):
    off = (central(fast, x, step) / by_hand - 1).abs().item()
    print(f"step {step:.0e}: off by {off:.0e}")
    assert (off > 0.1) == (step > 1e-8)
report = check_gradient(fast, lambda x: 1e6 * torch.cos(1e6 * x), x)
print(report)
assert report

# %%
# If it has to be float32
# -----------------------
# A larger step, and a tolerance that such a step can meet. Better: convert the inputs, not the tolerance.

single = {"eps": 5e-3, "atol": 1e-2, "rtol": 1e-2}
with catch_warnings(action="ignore"):
    passes = gradcheck(lambda x: f(x).sum(), points, **single)
print(passes)
assert passes

# %%
# Exercise: a second derivative
# -----------------------------
# :math:`(f(x + h) - 2f(x) + f(x - h)) / h^2` is rounded by about :math:`4\varepsilon/h^2`. Choose :math:`h` so that the
# error in float64 stays below a millionth, at a hundred points. The first try takes the step that was best
# for the first derivative:

xs = torch.linspace(0.5, 2.5, 100, dtype=torch.float64)


def mark(h):
    second = (f(xs + h) - 2 * f(xs) + f(xs - h)) / h**2
    truth = 1 / xs - 4 * torch.sin(2 * xs)
    error = (second - truth).abs().max() / truth.abs().max()
    return f"error {error:.0e}: {'right' if error < 1e-6 else 'refused'}"


eps = torch.finfo(torch.float64).eps
print(mark(eps ** (1 / 3)))
assert "refused" in mark(eps ** (1 / 3))

# %%
# A solution
# ----------
# The curve cuts off :math:`h^2`, the rounding gives :math:`\varepsilon/h^2`. They balance at the fourth root:

print(mark(eps ** (1 / 4)))
assert "right" in mark(eps ** (1 / 4))
