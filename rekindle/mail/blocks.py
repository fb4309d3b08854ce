"""One template file as a tree: text, constructs and blocks, with what it includes already in place.

`flatten` puts several such trees together. What could only be known while rendering is refused here, with the line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rekindle.errors import TemplateError
from rekindle.mail.pieces import Kind, Piece, cut

_NAME = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*")


@dataclass(frozen=True, slots=True)
class Block:
    name: str
    body: list["Node"]
    required: bool


Node = Piece | Block


@dataclass(slots=True)
class File:
    name: str
    parent: str | None = None
    body: list[Node] = field(default_factory=list)
    blocks: dict[str, Block] = field(default_factory=dict)


def read_file(shelf: Sequence[Path], name: str, folders: Sequence[Path]) -> tuple[File, Sequence[Path]]:
    """Read the first file called `name` on `shelf`; return it with the part of the shelf behind it.

    What it includes is looked for in all `folders`.
    """
    source, behind = find(shelf, name)
    return _Reader(folders, (name,)).file(source), behind


def find(shelf: Sequence[Path], name: str) -> tuple[str, Sequence[Path]]:
    """Return the text of the first file called `name`, and the folders behind the one that had it."""
    if not _NAME.fullmatch(name):
        raise TemplateError(f"{name!r} is not the name of a template: write folder/file, without '..'")
    for index, folder in enumerate(shelf):
        if (folder / name).is_file():
            return _text(folder / name, name), shelf[index + 1 :]
    raise TemplateError(f"{name} is missing: it was looked for in {', '.join(map(str, shelf)) or 'no folder'}")


def is_super(node: Node) -> bool:
    """Whether it is `{{ super() }}` and nothing more."""
    return isinstance(node, Piece) and node.kind is Kind.VARIABLE and node.words == ("super", "(", ")")


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError(f"{name} is not UTF-8 at byte {error.start}: save it as UTF-8") from None


class _Reader:
    """Reads one file; `including` is the way of includes that leads to it, itself last."""

    def __init__(self, folders: Sequence[Path], including: tuple[str, ...]) -> None:
        self._folders = folders
        self._including = including
        self._name = including[-1]

    def file(self, source: str) -> File:
        file = File(self._name)
        file.body = self._nodes(iter(cut(source, self._name)), file)
        for node in file.body:
            if file.parent is not None and isinstance(node, Piece) and node.source.strip():
                raise self._error(node, "stands outside every block of a template that extends another")
        return file

    def _nodes(self, pieces: Iterator[Piece], file: File) -> list[Node]:
        nodes: list[Node] = []
        for piece in pieces:
            match piece.keyword:
                case "endblock":
                    return nodes
                case "block":
                    nodes.append(self._block(piece, pieces, file))
                case "extends":
                    file.parent = self._literal(piece)
                case "include":
                    nodes.extend(self._included(piece))
                case "import" | "from":
                    raise self._error(piece, "is not supported: define the macro in the file that uses it")
                case _:
                    nodes.append(self._checked(piece))
        return nodes

    def _block(self, piece: Piece, pieces: Iterator[Piece], file: File) -> Block:
        name = piece.words[1]
        if name in file.blocks:
            raise self._error(piece, "is the second block of that name")
        block = Block(name, self._nodes(pieces, file), required="required" in piece.words[2:])
        file.blocks[name] = block
        return block

    def _included(self, piece: Piece) -> list[Node]:
        name = self._literal(piece)
        if name in self._including:
            raise self._error(piece, "includes itself")
        source, _ = find(self._folders, name)
        file = _Reader(self._folders, (*self._including, name)).file(source)
        if file.parent is not None or file.blocks:
            raise self._error(piece, "may not include a template with blocks")
        return file.body

    def _literal(self, piece: Piece) -> str:
        match piece.words[1:]:
            case (text,) if text[0] in "'\"":
                return text[1:-1]
            case _:
                raise self._error(piece, "must name one file in quotes and nothing else")

    def _checked(self, piece: Piece) -> Piece:
        if {"super", "self"} & set(piece.words) and not is_super(piece):
            raise self._error(piece, "is not supported: only {{ super() }} on its own refers to another block")
        return piece

    def _error(self, piece: Piece, what: str) -> TemplateError:
        return TemplateError(f"{self._name} line {piece.line}: {piece.source.strip()[:60]} {what}")
