"""One source out of several files: extends, block, super() and include are resolved before anything is compiled.

The result is what an approval freezes and what the CSS is inlined into. Blocks of a flattened template share one scope.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rekindle.errors import TemplateError
from rekindle.mail.blocks import Block, File, Node, is_super, read_file

#: A block and how far up its chain of definitions: 0 is what is shown, 1 what its super() means.
Level = tuple[str, int]


def flatten(folders: Sequence[Path], name: str) -> str:
    """Return the source of `name`, found in the first of `folders` that has it, with all it extends and includes.

    A file that extends its own name extends the one it hides: a team changes one block of a shipped template that way.
    Raises TemplateError for what cannot be resolved before it is rendered: import, computed names, cycles.
    """
    chain = list(_chain(folders, name))
    blocks = {block for file in chain for block in file.blocks}
    definitions = {block: [file.blocks[block] for file in chain if block in file.blocks] for block in blocks}
    return "".join(_Writer(name, definitions).nodes(chain[-1].body, ()))


def _chain(folders: Sequence[Path], name: str) -> Iterator[File]:
    """Yield the file, what it extends, and so on to the base."""
    shelf, seen = folders, set[tuple[str, int]]()
    while True:
        file, behind = read_file(shelf, name, folders)
        if (name, len(behind)) in seen:
            raise TemplateError(f"{name} extends itself")
        seen.add((name, len(behind)))
        yield file
        if file.parent is None:
            return
        shelf = behind if file.parent == name else folders
        name = file.parent


class _Writer:
    """Writes a tree out; `around` are the blocks that a node stands in, the innermost last."""

    def __init__(self, name: str, definitions: Mapping[str, Sequence[Block]]) -> None:
        self._name = name
        self._definitions = definitions

    def nodes(self, nodes: Sequence[Node], around: tuple[Level, ...]) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, Block):
                yield from self._block((node.name, 0), around)
            elif is_super(node):
                if not around:
                    raise TemplateError(f"{self._name}: super() stands outside every block")
                block, level = around[-1]
                yield from self._block((block, level + 1), around)
            else:
                yield node.source

    def _block(self, which: Level, around: tuple[Level, ...]) -> Iterator[str]:
        name, level = which
        definitions = self._definitions[name]
        if which in around:
            raise TemplateError(f"{self._name}: block {name} contains itself")
        if level == len(definitions):
            raise TemplateError(f"{self._name}: super() in block {name}, which nothing above it defines")
        if level == 0 and definitions[0].required:
            raise TemplateError(f"{self._name}: block {name} is required and not filled")
        return self.nodes(definitions[level].body, (*around, which))
