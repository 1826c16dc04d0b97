"""Why one claim is refused, or not confirmed: the point, the function, or a mistake with a name."""

from dataclasses import replace
from functools import partial

from torch import Tensor

from autodiff_notes.checking.claim import Claim
from autodiff_notes.checking.evidence import Evidence
from autodiff_notes.checking.kinks import Disagreement, explain_disagreement
from autodiff_notes.checking.mistakes import diagnose
from autodiff_notes.checking.part import Part
from autodiff_notes.checking.report import Diagnosis
from autodiff_notes.checking.witnesses import finite

__all__ = ["explained"]

# Central differences alone have enough digits to tell a form by, up to this relative noise.
TELLING = 1e-7
# A claim that is off by more than this is off by more than an engine in bfloat16 could be.
CLEARLY = 1e-1


def explained(claim: Claim, value: Tensor, part: Part, parts: list[Part]) -> Diagnosis | None:
    """Return the diagnosis of the point, or else of the claim for one input, if there is one.

    Parameters
    ----------
    claim : autodiff_notes.checking.claim.Claim
        What was checked.
    value : torch.Tensor
        What f returned.
    part : autodiff_notes.checking.part.Part
        The input.
    parts : list of autodiff_notes.checking.part.Part
        All inputs, as the claim may be right for another.
    """
    right, differences = part.right, part.differences
    if not (right.finite and differences.finite):
        return None
    if part.agree and (part.holds or not finite(part.claim)):
        return None
    autograd = part.autograd
    if autograd and not (part.agree and part.judgements[autograd.name].relative > CLEARLY):
        case = Disagreement(part.input, part.around, autograd, differences, part.claim)
        reason = explain_disagreement(case, agree=part.agree)
        if reason or not part.agree:
            return reason
    coarse = differences.noise > TELLING * differences.largest
    if autograd is None and (differences.rays is not None or bool(coarse.any())):
        return None
    kind, i = part.claim.dtype, part.position
    found = diagnose(
        Evidence(
            input=part.input,
            claim=part.claim,
            gradient=right.gradient.to(kind),
            inputs=claim.inputs.floating,
            gradients={p.input: p.right.gradient.to(kind) for p in parts if p.right.rays is None},
            value=value.item() if len(value) == 1 else 0.0,
            dtype=part.around.dtype,
            rounding=part.rounding,
            function=claim.varies,
            rerun=partial(claim.rerun, i, claim.inputs),
            elsewhere=partial(claim.elsewhere, i),
        )
    )
    if found is None:
        return None
    named = found.sentence.replace("claimed gradient", f"claimed {claim.noun}")
    return replace(found, sentence=named)
