"""``python -m autodiff_notes``: the catalogue on this machine, from a terminal.

Each command is a function under :func:`command`, which lists its arguments. The docstring is the
help, and the value the exit status.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.catalogue.outcome import Verification
from autodiff_notes.deriving import command as deriving
from autodiff_notes.engines import command as asking
from autodiff_notes.tables import suggestion

__all__ = ["main"]

PROGRAM = "python -m autodiff_notes"
FAILED, WRONG_CALL = 1, 2
INTERRUPTED, CLOSED = 130, 141  # as shells have it: 128 and the number of SIGINT or SIGPIPE
BAR, SCREEN = 28, 79  # characters: a progress bar, and the narrowest of terminals in use

PARSER = argparse.ArgumentParser(
    prog=PROGRAM, description="The gradients of autodiff-notes, on this machine."
)
SUBPARSERS = PARSER.add_subparsers(dest="command", required=True, metavar="COMMAND")

Run = Callable[[argparse.Namespace], int]
COMMANDS: dict[str, Run] = {}


def command(
    name: str, *arguments: tuple[str, dict[str, Any]], epilog: str = ""
) -> Callable[[Run], Run]:
    """Make a function a command of the program."""

    def register(run: Run) -> Run:
        first, _, more = (run.__doc__ or "").partition("\n")
        said = f"{first[0].lower()}{first[1:].rstrip('.')}"
        words = " ".join(f"{first} {more}".split())
        parser = SUBPARSERS.add_parser(name, help=said, description=words, epilog=epilog)
        for flag, options in arguments:
            parser.add_argument(flag, **options)
        COMMANDS[name] = run
        return run

    return register


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : sequence of str, optional
        As they were typed; by default those of the process.

    Returns
    -------
    int
        The exit status: 0 if all is well, 1 if a gradient does not hold, 2 for a wrong call, 130
        after an interruption, and 141 if nobody read the output to its end.
    """
    options = PARSER.parse_args(arguments)
    try:
        status = COMMANDS[options.command](options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads, such as head, has enough
        # What is left in the buffer goes nowhere, or Python would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


@command(
    "list",
    ("subjects", {"nargs": "*", "metavar": "SUBJECT", "help": "such as inverses (default: all)"}),
    epilog=f"Example: {PROGRAM} list determinants",
)
def _list(options: argparse.Namespace) -> int:
    """List the entries of the catalogue: name, subject and title."""
    entries = list(catalogue.values())
    subjects = dict.fromkeys(entry.group for entry in entries)
    for subject in options.subjects:
        if subject not in subjects:
            near = suggestion(subject, subjects) or f"there are {', '.join(subjects)}"
            print(f"there is no subject {subject!r}; {near}", file=sys.stderr)
            return WRONG_CALL
    rows = [(entry.name, entry.group, entry.title) for entry in entries]
    names, groups = (max(len(row[i]) for row in rows) for i in (0, 1))
    for name, group, title in rows:
        if group in (options.subjects or subjects):
            print(f"{name:<{names}}  {group:<{groups}}  {title}")
    return 0


def seed(text: str) -> int:
    """Return a seed that a generator of torch takes, with room for those that follow."""
    number = int(text)
    if not 0 <= number < 2**63:
        raise argparse.ArgumentTypeError(f"a seed lies between 0 and 2^63 - 1; got {text}")
    return number


@command(
    "verify",
    ("names", {"nargs": "*", "metavar": "NAME", "help": "entries, such as log-det (default: all)"}),
    (
        "--dtype",
        {
            "choices": ["float64", "float32"],
            "default": "float64",
            "help": "precision of the points; float32 has wider tolerances (default: %(default)s)",
        },
    ),
    (
        "--seed",
        {
            "type": seed,
            "default": 0,
            "help": "where the random seeds begin, from 0 (default: %(default)s)",
        },
    ),
    (
        "--device",
        {
            "default": "cpu",
            "help": "where torch computes, such as cuda or mps (default: %(default)s)",
        },
    ),
    epilog="The exit status is 0 if all hold, 1 if one does not, 2 for a wrong call, 130 after an "
    "interruption, and 141 if nobody read the output to its end. "
    f"Example: {PROGRAM} verify log-det inverse --seed 7",
)
def _verify(options: argparse.Namespace) -> int:
    """Hold gradients against autograd and finite differences.

    Points are random, and derivations are executed if in double precision. Each result is printed
    as it comes.
    """
    unknown = list(filter(None, map(_unknown, options.names)))
    if unknown:
        print(*unknown, sep="\n", file=sys.stderr)
        return WRONG_CALL
    entries = [catalogue[name] for name in options.names] or list(catalogue.values())

    import torch  # noqa: PLC0415 - a wrong name is told without it

    from autodiff_notes.catalogue.verification import verify  # noqa: PLC0415

    dtype = getattr(torch, options.dtype)
    try:
        torch.ones(1, dtype=dtype, device=options.device).item()
    except (RuntimeError, AssertionError, TypeError) as error:
        first = str(error).partition("\n")[0]
        where = f"in {options.dtype} on {options.device!r}"
        print(f"torch cannot compute {where}: {first}", file=sys.stderr)
        return WRONG_CALL
    head = ("entry", "points", "autograd", "differences", "equalities", "")
    widths = [max(len(entry.name) for entry in entries), *map(len, head[1:5])]
    found: list[Verification] = []
    status = 0
    print(_line(head, widths), flush=True)
    try:
        for entry in _with_progress(entries):
            v = verify(entry, first_seed=options.seed, dtype=dtype, device=options.device)
            found.append(v)
            _clear()  # a row may share the terminal with the bar
            print(_line(_row(v), widths), flush=True)
            status = status if v.holds else FAILED
    except KeyboardInterrupt:
        _clear()
        print(f"interrupted after {len(found)} of {len(entries)}", file=sys.stderr)
        status = INTERRUPTED
    if found:
        print(_summary(found, options))
    return status


@command("derive", *deriving.ARGUMENTS, epilog=f"Example: {PROGRAM} {deriving.EXAMPLE}")
def _derive(options: argparse.Namespace) -> int:
    """Derive a gradient, and execute every equals sign of its derivation.

    The derivation is printed with the errors measured at random points, or in another form if one
    is asked for.
    """
    return deriving.run(options)


@command("engines", *asking.ARGUMENTS, epilog=f"Example: {PROGRAM} {asking.EXAMPLE}")
def _engines(options: argparse.Namespace) -> int:
    """Ask the engines that are installed, and show which answers differ from the record.

    Each question is asked twice, in processes of their own.
    """
    return asking.run(options)


def _unknown(name: str) -> str:
    """Return the error for a name, or nothing if it has an entry."""
    try:
        catalogue[name]
    except KeyError as error:
        hint = "" if "did you mean" in error.args[0] else f"; {PROGRAM} list names them all"
        return f"{error.args[0]}{hint}"
    return ""


def _with_progress(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries; on a terminal, a bar says how far they have come."""
    shows = sys.stderr.isatty()
    try:
        for number, entry in enumerate(entries):
            if shows:
                done = BAR * number // len(entries)
                bar = "#" * done + "." * (BAR - done)
                line = f"[{bar}] {number}/{len(entries)} {entry.name}"
                print(f"\r{line:{SCREEN}.{SCREEN}}", end="", file=sys.stderr, flush=True)
            yield entry
    finally:
        _clear()


def _clear() -> None:
    if sys.stderr.isatty():
        print(f"\r{'':{SCREEN}}\r", end="", file=sys.stderr, flush=True)


def _row(v: Verification) -> tuple[str, ...]:
    errors = (str(v.points), f"{v.autograd:.0e}", f"{v.differences:.0e}") if v.points else 3 * ("",)
    return (v.name, *errors, str(v.executed or ""), v.problem or "holds")


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    name, *numbers, verdict = row
    cells = [f"{n:>{w}}" for n, w in zip(numbers, widths[1:], strict=True)]
    return "  ".join([f"{name:<{widths[0]}}", *cells, verdict]).rstrip()


def _summary(found: Sequence[Verification], options: argparse.Namespace) -> str:
    """Return the outcome as a sentence."""
    held = sum(v.holds for v in found)
    points, equalities = sum(v.points for v in found), sum(v.executed for v in found)
    said = (
        f"{held} of {len(found)} hold in {options.dtype}: {points} points, "
        f"{equalities} equals signs executed"
    )
    if held < len(found):  # the errors of the others stand in their rows
        return f"{said}."
    return (
        f"{said}, largest error {max(v.autograd for v in found):.0e} against autograd and "
        f"{max(v.differences for v in found):.0e} against central differences."
    )


if __name__ == "__main__":
    sys.exit(main())
