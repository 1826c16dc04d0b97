"""Answers to a page: derive a function, check a derivation, check a gradient.

A question is a mapping of texts, as the fields of a form have them. The answer comes in parts: the
first says what was understood, and the others what each equals sign came to, one by one, so that a
page can show them while the rest is computed. Nothing here needs torch.
"""

from autodiff_notes.answering.answers import answers

__all__ = ["answers"]
