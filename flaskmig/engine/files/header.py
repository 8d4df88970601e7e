"""The header of a revision file, read without running it.

``revision``, ``down_revision``, ``branch_labels`` and ``depends_on`` are literals, or names bound
to literals in the same file. Only what stands before the first function or class is parsed, unless
that is not all there is to it: a history of ten thousand files has to be read at once.
"""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from io import BytesIO
from reprlib import repr as short
from typing import Any

from flaskmig.engine.files.syntax import parse_source
from flaskmig.engine.revisions.revision import Revision
from flaskmig.errors import InvalidRevisionFileError
from flaskmig.legible import legible

NAMES = ("revision", "down_revision", "branch_labels", "depends_on")
# Only revisions that were squashed say it: in other files a name like this may mean anything.
REPLACES = "replaces"
_BODY = re.compile(rb"^(?:(?:async|def|class|if|for|while|with|try)\b|@)", re.MULTILINE)
# Whatever may be an assignment to a header name further down sends the file to the full parser.
_LATER = re.compile(rb"\b(?:revision|down_revision|branch_labels|depends_on|replaces)\b\s*[=,:)\]]")
_HEADER_WORDS = re.compile(
    rb"\b(?:revision|down_revision|branch_labels|depends_on|def\s+(?:up|down)grade\w*)\b"
)
# Python looks for it in the first two lines (PEP 263).
_COOKIE = re.compile(rb"\A(?:[^\r\n]*(?:\r\n?|\n))?[^\r\n]*coding[:=]")
_ID_FROM_NAME = re.compile(r"(?P<id>[a-f0-9]+)\.py")
_CREATED = re.compile(r"^Create Date:[ \t]*(?P<date>\S[^\n]*)$", re.MULTILINE)
# What identifiers are made of, and so cannot be part of an id.
FORBIDDEN_IN_IDS = frozenset("@-+:")
# What the columns of the version table and of the journal hold.
LONGEST_ID = 255
_CORRECT = "correct the file, or move it out of the folder"
_UTF_8 = "save it as UTF-8, and take the line with the encoding out"
# What Python's parser raises for bytes that are none, deeply nested ones included.
NO_SOURCE = (SyntaxError, ValueError, RecursionError, MemoryError)


def read_header(source: bytes, path: str, name: str) -> Revision:
    """The revision that a file describes; ``name`` is the file's name, for files without an id.

    Raises InvalidRevisionFileError for a file that cannot be parsed or does not say which
    revision it is, with the line.
    """
    start = _BODY.search(source)
    if start and not _COOKIE.match(source) and not _LATER.search(source, start.start()):
        try:
            return _Header(path, parse_source(source[: start.start()])).revision(name)
        except (*NO_SOURCE, InvalidRevisionFileError):
            # The whole file gives the right answer, or the right line.
            return _Header(path, parse(source, path)).revision(name)
    return _Header(path, parse(source, path)).revision(name)


def has_cookie(source: bytes) -> bool:
    """Whether a file may say in which encoding it is, so that `parse` has to look at that."""
    return _COOKIE.match(source) is not None


def is_stray(source: bytes, name: str) -> bool:
    """Whether a file that says no revision was never meant to be one.

    Nothing in it looks like a header, and its name has none of the digits that ids and dates
    have. A revision that somebody broke must not count as one: it would be passed over.
    """
    stem = name.removesuffix(".py")
    return not _HEADER_WORDS.search(source) and not any(map(str.isdigit, stem)) and bool(source)


def parse(source: bytes, path: str) -> ast.Module:
    """The syntax tree of a whole file; raises InvalidRevisionFileError."""
    if _COOKIE.match(source):
        _require_plain_encoding(source, path)
    try:
        return parse_source(source, path)
    except SyntaxError as error:
        where = f"{path}, line {error.lineno}" if error.lineno else path
        raise InvalidRevisionFileError(
            f"{where}: {error.msg}",
            path=path,
            line=error.lineno,
            hint=_CORRECT,
        ) from error
    except NO_SOURCE as error:
        raise InvalidRevisionFileError(
            f"{path} is no Python source: {error or type(error).__name__}",
            path=path,
            hint=_CORRECT,
        ) from error


def _require_plain_encoding(source: bytes, path: str) -> None:
    """Raise InvalidRevisionFileError where what Python reads is not what an editor shows.

    In UTF-7 and others that a cookie can name, a comment is more than that: it can hold line
    ends and code.
    """
    # The parser takes a CR by itself for the end of a line, which tokenize does not.
    source = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        name, _ = tokenize.detect_encoding(BytesIO(source).readline)
        text = source.decode(name)
    except (SyntaxError, ValueError, LookupError) as error:
        raise InvalidRevisionFileError(
            f"{path} is not in the encoding that it says: {error}", path=path, hint=_UTF_8
        ) from error
    if text.encode("ascii", "ignore") != bytes(byte for byte in source if byte < 128):
        raise InvalidRevisionFileError(
            f"{path} is written in {name}, in which letters stand for others",
            path=path,
            hint=_UTF_8,
        )


def _is_id(text: str) -> bool:
    return bool(text.strip()) and text.isprintable() and not FORBIDDEN_IN_IDS & set(text)


class _NotLiteral(Exception):
    pass


class _Unordered(list[Any]):
    """What stood in a set, which cannot hold everything that a file can say."""


class _Header:
    """The names that a module binds before anything can be called, with their lines."""

    def __init__(self, path: str, tree: ast.Module) -> None:
        self.path = path
        self.doc = _docstring(tree)
        self.values: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        for name, node, line in _assignments(tree):
            self.lines[name] = line
            try:
                self.values[name] = self._literal(node)
            except _NotLiteral:
                self.values.pop(name, None)
                if name in NAMES:
                    raise self._invalid(
                        name, f"{name} is not a literal, nor a name bound to one in this file"
                    ) from None

    def revision(self, file_name: str) -> Revision:
        id_ = self.values.get("revision")
        if id_ is None:
            id_ = self._id_from_name(file_name)
        if not isinstance(id_, str):
            raise self._invalid("revision", f"revision is {_named(id_)} and not a text")
        self._check_id("revision", id_)
        if "down_revision" not in self.values:
            raise self._invalid(
                "revision", "down_revision is missing: the revision does not say what it follows"
            )
        doc = legible(self.doc)
        created = _CREATED.search(doc)
        message = re.split(r"\n\s*\n", doc, maxsplit=1)[0]
        return Revision(
            id=id_,
            parents=self._texts("down_revision"),
            depends_on=self._texts("depends_on"),
            branch_labels=frozenset(self._texts("branch_labels")),
            replaces=self._replaces(id_),
            message=" ".join(message.split()),
            doc=doc,
            created=created["date"].rstrip() if created else None,
            path=self.path,
        )

    def _id_from_name(self, file_name: str) -> str:
        match = _ID_FROM_NAME.match(file_name)
        if match is None:
            raise self._invalid(
                "revision", "there is no revision = … in it, and its name is no revision id"
            )
        return match["id"]

    def _texts(self, name: str) -> tuple[str, ...]:
        value = self.values.get(name)
        # Alembic takes an empty text for none as well.
        items = [
            item for item in (value if isinstance(value, (tuple, _Unordered)) else (value,)) if item
        ]
        for item in items:
            if not isinstance(item, str):
                raise self._invalid(name, f"{name} holds {_named(item)}, which is not a text")
            if name == "branch_labels":
                self._check_label(item)
            else:
                self._check_id(name, item)
        found = tuple(dict.fromkeys(items))
        return tuple(sorted(found)) if isinstance(value, _Unordered) else found

    def _replaces(self, id_: str) -> tuple[str, ...]:
        """The revisions that are replaced; () where the name stands for something else."""
        value = self.values.get(REPLACES)
        items = value if isinstance(value, (tuple, _Unordered)) else (value,)
        if not all(isinstance(item, str) and _is_id(item) for item in items):
            return ()
        return tuple(item for item in dict.fromkeys(items) if item != id_)

    def _check_id(self, name: str, id_: str) -> None:
        bad = sorted({c for c in id_ if c in FORBIDDEN_IN_IDS or not c.isprintable()})
        if bad or not id_.strip():
            shown = f"has {' '.join(map(repr, bad))} in it" if bad else "is empty"
            raise self._invalid(name, f"the id {short(id_)} {shown}, which no revision id can")

        if len(id_) > LONGEST_ID:
            raise self._invalid(
                name, f"the id {short(id_)} has {len(id_)} characters; at most {LONGEST_ID} can be"
            )

    def _check_label(self, label: str) -> None:
        if not label.isprintable() or not label.strip() or len(label) > LONGEST_ID:
            raise self._invalid("branch_labels", f"{short(label)} cannot be a branch label")

    def _literal(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value):
                return value
            case ast.Tuple(elts) | ast.List(elts):
                return tuple(self._literal(item) for item in elts)
            case ast.Set(elts):
                return _Unordered(self._literal(item) for item in elts)
            case ast.Name(name) if name in self.values:
                return self.values[name]
        raise _NotLiteral

    def _invalid(self, name: str, text: str) -> InvalidRevisionFileError:
        line = self.lines.get(name)
        where = f"{self.path}, line {line}" if line else self.path
        return InvalidRevisionFileError(
            f"{where}: {text}",
            path=self.path,
            line=line,
            hint="correct the file, or move it out of the folder if it is no revision",
        )


def _assignments(tree: ast.Module) -> Iterator[tuple[str, ast.expr, int]]:
    for statement in tree.body:
        match statement:
            case ast.Assign(targets, value):
                for target in targets:
                    yield from _pairs(target, value, statement.lineno)
            case ast.AnnAssign(ast.Name(name), _, ast.expr() as value):
                yield name, value, statement.lineno
            case ast.AugAssign(ast.Name(name), _, value):
                # Never a literal: reported where the name matters.
                yield name, ast.Starred(value), statement.lineno


def _pairs(target: ast.expr, value: ast.expr, line: int) -> Iterator[tuple[str, ast.expr, int]]:
    match target, value:
        case ast.Name(name), _:
            yield name, value, line
        case ((ast.Tuple(inner) | ast.List(inner)), (ast.Tuple(items) | ast.List(items))):
            if len(inner) == len(items):
                for part, item in zip(inner, items, strict=True):
                    yield from _pairs(part, item, line)


def _docstring(tree: ast.Module) -> str:
    match tree.body:
        case [ast.Expr(ast.Constant(str() as text)), *_]:
            return text.strip()
    return ""


def _named(value: object) -> str:
    """A value that is no text, for people: a number may be too long to be written out."""
    if isinstance(value, (bool, float, complex, type(None), type(...))):
        return repr(value)
    return {int: "a number", bytes: "bytes"}.get(type(value), "a list of others")
