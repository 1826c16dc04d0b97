"""What was found on each page, kept with Sphinx's environment from build to build."""

from collections.abc import Set as AbstractSet
from typing import ClassVar, cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector


class PageTable(EnvironmentCollector):
    """A table from page to a set of strings; ``process_doc`` of a subclass fills it."""

    attribute: ClassVar[str]

    @classmethod
    def of(cls, env: BuildEnvironment) -> dict[str, set[str]]:
        """Return the table."""
        if not hasattr(env, cls.attribute):
            setattr(env, cls.attribute, {})
        return cast("dict[str, set[str]]", getattr(env, cls.attribute))

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that changed or went."""
        self.of(env).pop(docname, None)

    def merge_other(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        docnames: AbstractSet[str],
        other: BuildEnvironment,
    ) -> None:
        """Take over what another reading process found."""
        self.of(env).update({page: row for page, row in self.of(other).items() if page in docnames})
