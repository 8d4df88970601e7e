"""A pair of models, the one made of the other by edits, and what was truly renamed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa

Edit: TypeAlias = Callable[[str], str]

DOMAINS = Path(__file__).parent / "domains"


@dataclass(frozen=True, slots=True)
class Pair:
    """``edits`` make the later models of the domain's; ``renames`` are the words for the truth.

    ``words`` are what somebody has to say, where the models alone cannot show it.
    """

    domain: str
    edits: tuple[Edit, ...]
    renames: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def before(self) -> sa.MetaData:
        """The models of the domain."""
        return _metadata(_source(self.domain))

    def after(self) -> sa.MetaData:
        """The models after the edits."""
        source = _source(self.domain)
        for edit in self.edits:
            source = edit(source)
        return _metadata(source)


@cache
def _source(domain: str) -> str:
    return (DOMAINS / f"{domain}.py").read_text()


def _metadata(source: str) -> sa.MetaData:
    namespace: dict[str, Any] = {}
    exec(compile(source, "models", "exec"), namespace)
    metadata = namespace["metadata"]
    assert isinstance(metadata, sa.MetaData)
    return metadata


def name(table: str, before: str, after: str) -> Edit:
    """Call a column otherwise, wherever the models name it."""

    def respelled(literal: re.Match[str]) -> str:
        inside = literal[1]
        if " " in inside:
            inside = re.sub(rf"\b{before}\b", after, inside)
            return f'"{inside}"'
        return f'"{after if inside == before else inside}"'

    def edit(source: str) -> str:
        block = _block(source, table)
        assert f'"{before}"' in block, (table, before)
        source = source.replace(block, re.sub(r'"([^"]*)"', respelled, block))
        return re.sub(rf"(\"(?:\w+\.)?{table})\.{before}\"", rf'\1.{after}"', source)

    return edit


def column(table: str, before: str, text: str) -> Edit:
    """Put another column where one is; nothing else is touched."""

    def edit(source: str) -> str:
        block = _block(source, table)
        line = _line(block, before)
        return source.replace(block, block.replace(line, f"    {text},\n"))

    return edit


def gone(table: str, *columns: str) -> Edit:
    """Take columns out."""

    def edit(source: str) -> str:
        block = _block(source, table)
        kept = block
        for each in columns:
            kept = kept.replace(_line(kept, each), "")
        return source.replace(block, kept)

    return edit


def new(table: str, text: str, after: str = "") -> Edit:
    """Put something in after a column, or at the end of the table."""

    def edit(source: str) -> str:
        block = _block(source, table)
        if after:
            line = _line(block, after)
            changed = block.replace(line, f"{line}    {text},\n")
        else:
            head, tail = block.rsplit("\n)", 1)
            changed = f"{head}\n    {text},\n){tail}"
        return source.replace(block, changed)

    return edit


def text(table: str, before: str, after: str) -> Edit:
    """Change a text that stands once in the table; in the whole module where that is ""."""

    def edit(source: str) -> str:
        block = _block(source, table) if table else source
        assert block.count(before) == 1, (table, before, block.count(before))
        return source.replace(block, block.replace(before, after))

    return edit


def table(before: str, after: str) -> Edit:
    """Call a table otherwise, and point at it by that name."""

    def edit(source: str) -> str:
        block = _block(source, before)
        source = source.replace(
            block, block.replace(f'"{before}", metadata', f'"{after}", metadata')
        )
        return re.sub(rf"\"((?:\w+\.)?){before}\.(\w+)\"", rf'"\1{after}.\2"', source)

    return edit


def drop(table: str) -> Edit:
    """Take a table out."""

    def edit(source: str) -> str:
        return source.replace(_block(source, table), "")

    return edit


def add(text: str) -> Edit:
    """Write another statement at the end."""
    return lambda source: f"{source}\n{text}\n"


def _block(source: str, table: str) -> str:
    """The statement that makes the table."""
    found = re.search(
        rf'^Table\(\n    "{table}", metadata.*?^\)[^\n]*\n', source, re.MULTILINE | re.DOTALL
    )
    assert found is not None, table
    return found[0]


def _line(block: str, column: str) -> str:
    found = re.search(rf'^    Column\("{column}".*\n', block, re.MULTILINE)
    assert found is not None, column
    return found[0]
