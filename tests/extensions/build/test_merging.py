"""What one process read of a page is not overwritten by one that did not read it."""

from types import SimpleNamespace
from typing import cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _extensions.build.merging import keep_to_own_pages


def test_a_description_survives_the_merge() -> None:
    """Another process's empty notes of a page that it did not read are left out."""
    other = SimpleNamespace(metadata={"404": {"orphan": True}, "page": {"x": 1}})
    env = cast("BuildEnvironment", SimpleNamespace(metadata={}))
    keep_to_own_pages(cast("Sphinx", None), env, {"page"}, cast("BuildEnvironment", other))
    assert other.metadata == {"page": {"x": 1}}
