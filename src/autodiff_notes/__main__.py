"""``python -m autodiff_notes verify``: every gradient of the catalogue, on this machine."""

import argparse
import sys
from collections.abc import Iterator, Sequence

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.catalogue.outcome import Verification

PROGRAM = "python -m autodiff_notes"
WIDTH = 28


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 if all holds, 1 if not, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    unknown = list(filter(None, map(_unknown, options.names)))
    if unknown:
        print(*unknown, sep="\n", file=sys.stderr)
        return 2
    entries = [catalogue[name] for name in options.names] or list(catalogue.values())
    return _verify(entries, options)


def _unknown(name: str) -> str:
    """Return why there is no entry of a name, or nothing if there is one."""
    try:
        catalogue[name]
    except KeyError as error:
        hint = "" if "did you mean" in error.args[0] else f"; {PROGRAM} verify lists them all"
        return f"{error.args[0]}{hint}"
    return ""


def _parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM, description="Run the gradients of autodiff-notes on this machine."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    verify = commands.add_parser(
        "verify",
        help="hold gradients against autograd and finite differences",
        description="Hold the gradients of the catalogue against autograd and central "
        "differences at random points, and execute their derivations if in double precision.",
        epilog=f"The exit status is 0 if all hold, 1 if one does not, and 2 for a wrong call. "
        f"Example: {PROGRAM} verify log-det inverse --seed 7",
    )
    verify.add_argument(
        "names", nargs="*", metavar="NAME", help="entries, such as log-det (default: all of them)"
    )
    verify.add_argument(
        "--dtype",
        choices=["float64", "float32"],
        default="float64",
        help="precision of the points; float32 has wider tolerances (default: %(default)s)",
    )
    verify.add_argument(
        "--seed",
        type=seed,
        default=0,
        help="where the random seeds begin, from 0 (default: %(default)s)",
    )
    verify.add_argument(
        "--device",
        default="cpu",
        help="where torch computes, such as cuda or mps (default: %(default)s)",
    )
    return parser


def seed(text: str) -> int:
    """Return a seed that a generator of torch takes, with room for those that follow."""
    number = int(text)
    if not 0 <= number < 2**63:
        raise argparse.ArgumentTypeError(f"a seed lies between 0 and 2^63 - 1; got {text}")
    return number


def _verify(entries: Sequence[Entry], options: argparse.Namespace) -> int:
    """Verify entries and print a table of what was found."""
    import torch  # noqa: PLC0415 - a wrong name is told without it

    from autodiff_notes.catalogue.verification import verify  # noqa: PLC0415

    dtype = getattr(torch, options.dtype)
    try:
        torch.ones(1, dtype=dtype, device=options.device).item()
    except (RuntimeError, AssertionError, TypeError) as error:
        first = str(error).partition("\n")[0]
        where = f"in {options.dtype} on {options.device!r}"
        print(f"torch cannot compute {where}: {first}", file=sys.stderr)
        return 2
    found: list[Verification] = []
    for entry in _shown(entries):
        found.append(verify(entry, first_seed=options.seed, dtype=dtype, device=options.device))
    print(_table(found))
    print(_summary(found, options))
    return int(not all(v.holds for v in found))


def _shown(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield entries, and show on a terminal how far they have come."""
    shows = sys.stderr.isatty()
    for number, entry in enumerate(entries):
        if shows:
            done = WIDTH * number // len(entries)
            bar = "#" * done + "." * (WIDTH - done)
            line = f"[{bar}] {number}/{len(entries)} {entry.name}"
            print(f"\r{line:79.79}", end="", file=sys.stderr, flush=True)
        yield entry
    if shows:
        print(f"\r{'':79}\r", end="", file=sys.stderr, flush=True)


def _table(found: Sequence[Verification]) -> str:
    """Return what was found as lines of text."""
    rows = [("entry", "points", "autograd", "differences", "equalities", "")]
    for v in found:
        errors = (
            ("", "", "")
            if not v.points
            else (str(v.points), f"{v.autograd:.0e}", f"{v.differences:.0e}")
        )
        rows.append((v.name, *errors, str(v.executed or ""), v.problem or "holds"))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    """Return one line: the name to the left, numbers to the right."""
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
    if held < len(found):  # the errors of the others stand in the table
        return f"{said}."
    return (
        f"{said}, largest error {max(v.autograd for v in found):.0e} against autograd and "
        f"{max(v.differences for v in found):.0e} against central differences."
    )


if __name__ == "__main__":
    sys.exit(main())
