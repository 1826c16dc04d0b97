"""The layout of a graph, by the Graphviz that pygraphviz brings."""

__all__ = ["plain"]


def plain(source: str) -> str:
    """Return the layout of a graph.

    Parameters
    ----------
    source : str
        A graph in Graphviz's language.

    Returns
    -------
    str
        Its layout in the format ``plain``, in inches.

    Raises
    ------
    ModuleNotFoundError
        If pygraphviz is not installed; the message says what installs it.
    ImportError
        If a library of the system that it needs is missing; the message names it.
    """
    try:
        from pygraphviz import AGraph  # noqa: PLC0415 - only a picture needs it
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "drawing a graph needs pygraphviz, whose wheels bring Graphviz: "
            'pip install pygraphviz, or "autodiff-notes[figures]"'
        ) from error
    except ImportError as error:  # its Graphviz needs GLib and X, which a minimal system lacks
        raise ImportError(
            f"pygraphviz cannot be loaded: {error}; on Debian and Ubuntu, "
            "apt-get install libglib2.0-0 libxrender1 libxext6 brings it"
        ) from error
    laid_out: bytes = AGraph(string=source).draw(format="plain", prog="dot")
    return laid_out.decode()
