r"""
A kept intermediate loses a term of the second derivative
=========================================================

A ``Function`` replaces a program's derivative by a rule. The rule can be right and its own derivative
wrong, without a message. ``gradcheck`` looks at the first, ``gradgradcheck`` at the second.
"""

from textwrap import fill

import matplotlib.pyplot as plt
import torch
from torch.autograd import Function, gradcheck, gradgradcheck
from torch.autograd.function import once_differentiable
from torch.autograd.gradcheck import GradcheckError

from autodiff_notes import domains

plt.style.use("autodiff_notes.figures")

# %%
# Why write a rule
# ----------------
# The function is :math:`s(x) = \log(1 + e^x)`. At 1000 the exponential overflows, though :math:`s(1000)` is 1000 and
# its slope is 1:


def naive(x):
    return torch.log(1 + torch.exp(x))


far = torch.tensor(1000.0, dtype=torch.float64, requires_grad=True)
naive(far).backward()
print(f"value {naive(far):.0f}, slope {far.grad:.0f}")
assert far.grad.isnan(), "seen with torch 2.13"

# %%
# The rule
# --------
# ``forward`` computes, ``setup_context`` keeps what the way back needs, ``backward`` multiplies the incoming
# gradient by :math:`s'(x) = 1 / (1 + e^{-x})`:


class Softplus(Function):
    @staticmethod
    def forward(x):
        return x.clamp(min=0) + torch.log1p(torch.exp(-x.abs()))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return gradient * torch.sigmoid(x)


softplus = Softplus.apply
far.grad = None
softplus(far).backward()
print(f"value {softplus(far):.0f}, slope {far.grad:.0f}")
assert far.grad == 1

# %%
# Checked once, and twice
# -----------------------
# ``gradcheck`` holds ``backward`` against differences of ``forward``. ``gradgradcheck`` holds the derivative of
# ``backward`` against differences of ``backward``:

generator = torch.Generator().manual_seed(0)
x = domains.normal(5, generator=generator)
x.requires_grad_()
once, twice = gradcheck(softplus, x), gradgradcheck(softplus, x)
print(once, twice)
assert once
assert twice

# %%
# The mistake: an intermediate on ctx
# -----------------------------------
# The sigmoid can be had from the forward pass, so it is kept, as an attribute. The first derivative is right:


class Kept(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.sigmoid = torch.sigmoid(x)
        return x.clamp(min=0) + torch.log1p(torch.exp(-x.abs()))

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.sigmoid


print(gradcheck(Kept.apply, x))
assert gradcheck(Kept.apply, x)

# %%
# What comes out: a term is missing
# ---------------------------------
# Take :math:`f = s^2`, with :math:`f'' = 2s'^2 + 2ss''`. The kept sigmoid is a number without a history, so the part
# with :math:`s''` is missing. No message comes:


def second_derivative(function, x):
    f = function(x).square().sum()
    (slope,) = torch.autograd.grad(f, x, create_graph=True)
    return torch.autograd.grad(slope.sum(), x)[0]


print(second_derivative(softplus, x))
print(second_derivative(Kept.apply, x))
with torch.no_grad():
    s1 = torch.sigmoid(x)
    s2 = s1 * (1 - s1)
    right = 2 * s1**2 + 2 * softplus(x) * s2
torch.testing.assert_close(second_derivative(softplus, x), right)
lacking = second_derivative(Kept.apply, x)
torch.testing.assert_close(lacking, 2 * s1**2, msg="seen with torch 2.13")

# %%
# gradgradcheck says so
# ---------------------
# It compares the two Jacobians of ``backward``, for a random incoming gradient, and prints both:

torch.manual_seed(0)
try:
    gradgradcheck(Kept.apply, x[:2])
except GradcheckError as error:
    mismatch = f"GradcheckError: {error}"
print(mismatch.strip())
assert "Jacobian mismatch" in mismatch, "seen with torch 2.13"

# %%
# The picture of the missing part
# -------------------------------
# The second derivative of :math:`s^2`, by the sound rule and by the other:

line = torch.linspace(-6, 6, 121, dtype=torch.float64, requires_grad=True)
fig, ax = plt.subplots()
fig.set_label(
    "The second derivative of softplus squared for x from -6 to 6. By the sound rule it rises from 0 past 2 to "
    "a low hump near x = 3, and settles at 2. By the rule with the kept intermediate it rises to 2 later, "
    "without a hump, and lies below the other everywhere."
)
ax.plot(line.detach(), second_derivative(softplus, line), label="saved input")
ax.plot(
    line.detach(),
    second_derivative(Kept.apply, line),
    "--",
    label="kept intermediate",
)
ax.set(xlabel="$x$", ylabel=r"$(s^2)''$ by autograd")
ax.legend()
plt.show()

# %%
# An intermediate that may be kept
# --------------------------------
# If it must be kept, make it an output: autograd knows outputs, and asks ``backward`` for their derivatives, too:


class WithSigmoid(Function):
    @staticmethod
    def forward(x):
        s = x.clamp(min=0) + torch.log1p(torch.exp(-x.abs()))
        return s, torch.sigmoid(x)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output[1])

    @staticmethod
    def backward(ctx, gradient, gradient_of_sigmoid):
        (sigmoid,) = ctx.saved_tensors
        curvature = sigmoid * (1 - sigmoid)
        return gradient * sigmoid + gradient_of_sigmoid * curvature


def first_output(x):
    return WithSigmoid.apply(x)[0]


once, twice = gradcheck(first_output, x), gradgradcheck(first_output, x)
print(once, twice)
assert once
assert twice

# %%
# Or refuse to be differentiated twice
# ------------------------------------
# ``once_differentiable`` turns the silent error into a loud one:


class Once(Kept):
    @staticmethod
    @once_differentiable
    def backward(ctx, gradient):
        return gradient * ctx.sigmoid


f = Once.apply(x).square().sum()
(slope,) = torch.autograd.grad(f, x, create_graph=True)
try:
    slope.sum().backward()
except RuntimeError as error:
    refused = f"RuntimeError: {error}"
print(fill(refused, 76))
assert "differentiate twice" in refused, "seen with torch 2.13"

# %%
# What the other transforms ask for
# ---------------------------------
# ``Kept`` has its context in ``forward``, and the function transforms refuse it. ``Softplus`` has neither a rule for
# ``vmap`` nor one for forward mode:

attempts = {
    "grad": lambda: torch.func.grad(Kept.apply)(x.detach()[0]),
    "vmap": lambda: torch.func.vmap(softplus)(x.detach()),
    "jvp": lambda: torch.func.jvp(softplus, (x.detach(),), (x.detach(),)),
}
refusing = []
for name, attempt in attempts.items():
    try:
        attempt()
    except (RuntimeError, NotImplementedError) as error:
        refusing.append(name)
        message = f"{name}: {type(error).__name__}: {error}"
        print(fill(message.partition(" For more")[0], 76))
assert refusing == ["grad", "vmap", "jvp"], "seen with torch 2.13"

# %%
# All of them in one rule
# -----------------------
# ``generate_vmap_rule`` maps the methods as they stand, and ``jvp`` multiplies the tangent as ``backward``
# multiplies the gradient:


class Everywhere(Softplus):
    generate_vmap_rule = True

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)
        ctx.save_for_forward(*inputs)

    @staticmethod
    def jvp(ctx, tangent):
        (x,) = ctx.saved_tensors
        return tangent * torch.sigmoid(x)


everywhere = Everywhere.apply
print(gradcheck(everywhere, x, check_forward_ad=True))
curvature = torch.func.hessian(lambda x: everywhere(x).sum())(x.detach())
print(curvature.diag())
print(s2)
torch.testing.assert_close(curvature.diag(), s2)

# %%
# Exercise: log cosh, far from zero
# ---------------------------------
# :math:`\log\cosh x` overflows as softplus did, and its derivative is :math:`\tanh x`. Write a Function. The first try is
# right near zero:


def mark(rule):
    near = torch.linspace(-3, 3, 7, dtype=torch.float64, requires_grad=True)
    if not (gradcheck(rule, near) and gradgradcheck(rule, near)):
        return "refused near zero"
    value = rule(torch.tensor([-1000.0, 1000.0], dtype=torch.float64))
    return "holds" if value.isfinite().all() else f"refused: {value}"


print(mark(lambda x: x.cosh().log()))
assert mark(lambda x: x.cosh().log()) != "holds"

# %%
# A solution
# ----------
# :math:`\cosh x = e^{|x|} (1 + e^{-2|x|}) / 2`, so :math:`\log\cosh x = |x| + \log(1 + e^{-2|x|}) - \log 2`:


class LogCosh(Function):
    @staticmethod
    def forward(x):
        size = x.abs()
        two = torch.tensor(2.0, dtype=x.dtype)
        return size + torch.log1p(torch.exp(-2 * size)) - two.log()

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return gradient * torch.tanh(x)


print(mark(LogCosh.apply))
assert mark(LogCosh.apply) == "holds"
