"""What the numbers of a check leave open, in words."""

from collections.abc import Iterator
from math import atan, inf, pi

from autodiff_notes.checking.claim import Claim
from autodiff_notes.checking.part import Part
from autodiff_notes.checking.witnesses import Witness, finite

__all__ = ["of_part", "of_resolution"]

GIVEN = " The step of the difference was given: try a smaller one, or leave it to the check."
LOOK_FOR = (
    " Look for a kink or a jump near this point, or a part of f that is cut off from its inputs "
    "(.item(), .detach(), torch.no_grad(), a conversion to NumPy)."
)


def of_part(part: Part, about: Claim, *, explained: bool) -> Iterator[str]:
    """Say in words what the numbers leave open."""
    name, claim, right, differences = part.input, part.claim, part.right, part.differences
    if not part.fits:
        outputs = "s of what is differentiated and" if part.shape else ""
        yield (
            f"The claimed {about.noun} for {name} has shape {tuple(claim.shape)}; "
            f"expected {(*part.shape, *part.around.x.shape)}, the shape{outputs} of {name}."
        )
    if not finite(claim):
        yield f"The claimed {about.noun} for {name} has entries that are NaN or infinite."
    if not right.finite and part.autograd is not None:
        yield f"Autograd's gradient for {name} has entries that are NaN or infinite."
    elif not (differences.gradient + differences.noise).isfinite().all():
        yield (
            f"{about.subject} is NaN or infinite a step away in {name}: "
            "the point lies too close to the edge of its domain."
        )
    elif part.witnesses is not None and not part.agree:
        yield (
            f"Autograd and central differences disagree about {name}, "
            f"by up to {part.witnesses.absolute:.1e}."
        ) + ("" if explained else GIVEN if part.around.given else LOOK_FOR)
    elif part.ignored:
        yield (
            f"{about.subject} ignores {name}: "
            f"autograd finds no path to it, so its {about.noun} is zero."
        )


def of_resolution(parts: list[Part]) -> Iterator[str]:
    """Say how far the witnesses see, of the inputs of which nothing else is to be said."""
    names: list[str] = []
    hidden = total = 0
    for part in parts:
        yield from _lost(part)
        name, autograd, differences = part.input, part.autograd, part.differences
        if differences.rays is not None:
            yield _chance(part)
            continue
        if autograd is None:
            yield (
                f"Central differences are the only witness for {name}: a mistake in f itself is theirs too."
            )
            continue
        if not autograd.resolves:
            if autograd.largest and part.holds:
                yield (
                    f"The gradient for {name} is zero to rounding: autograd gives up to {autograd.largest:.1e}, "
                    "and as much changes from one number to the next."
                )
            continue
        seen = differences.judge(differences.gradient).resolved
        if not seen.all():
            names.append(name)
            hidden, total = hidden + int((~seen).sum()), total + seen.numel()
    if names:
        which = f"{hidden} of {total} entries of the gradient" if hidden < total else "the gradient"
        rest = len(names) - 4
        where = ", ".join(names[:4]) + (
            f" and {rest} more input{'s' * (rest > 1)}" if rest > 0 else ""
        )
        yield (
            f"Central differences cannot resolve {which} for {where}, which move f by less than "
            "their own rounding and truncation errors. Autograd alone decides there."
        )


def _lost(part: Part) -> Iterator[str]:
    """Say that a claim holds but for its rounding."""
    if part.autograd is None or not part.holds or not part.autograd.resolves:
        return
    found = part.judgements[part.autograd.name]
    largest = part.autograd.largest
    # Beside much larger entries a few digits are always lost.
    if found.absolute > part.autograd.tolerance * largest:
        yield (
            f"The claimed gradient for {part.input} loses digits: its error of "
            f"{found.absolute / largest:.0e} is rounding, and another at the next number."
        )


def _chance(part: Part) -> str:
    """Say what random directions may miss: the ratio of two normal numbers is below any bound at times."""
    differences = part.differences
    allowed = differences.tolerance * differences.gradient.abs() + differences.noise
    size = differences.gradient.abs().square().mean().sqrt()
    share = (allowed.max() / (1e-2 * size)).item() if size else inf
    missed = (2 / pi * atan(share)) ** len(differences.rays or [])
    witness = (
        "Autograd was compared with the claim entry by entry, and differences with both"
        if (part.autograd)
        else "Differences were taken"
    )
    return (
        f"{witness} along {_directions(differences)} in {part.input}: they miss an error of 1 % of the "
        f"gradient's norm with a chance of {missed:.0e}."
    )


def _directions(witness: Witness) -> str:
    count = len(witness.rays or [])
    return f"{count} random direction{'s' * (count > 1)}"
