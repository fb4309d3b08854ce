"""How pytest-xdist deals the tests to its workers: a module at a time, and the real engine to one of them, first.

Its own `xdist_group` does nothing from pytest 9.2 on, without a word: two workers would each tell the long story.
"""

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped] # it ships none

#: The folder whose tests share the servers they start.
_ENGINE = "tests/flows/"


class WholeModules(LoadScopeScheduling):  # type: ignore[misc] # as above
    """Deals whole modules in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return _ENGINE if nodeid.startswith(_ENGINE) else nodeid.split("::", 1)[0]
