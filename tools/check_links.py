"""Find dead links in Markdown: files that are not there, and headings that no page has.

    python tools/check_links.py README.md docs

Links to other sites are not followed.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

_OTHER_SITE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def pages(arguments: Iterable[str]) -> list[Path]:
    """The Markdown files among the arguments, and those in the folders among them."""
    found: set[Path] = set()
    for argument in map(Path, arguments):
        found.update(argument.rglob("*.md") if argument.is_dir() else [argument])
    return sorted(found)


def inline_tokens(tokens: Iterable[Token]) -> Iterator[tuple[Token, int]]:
    """Every inline token with the line (from 1) that its block starts on."""
    for token in tokens:
        line = (token.map[0] if token.map else 0) + 1
        for child in token.children or ():
            yield child, line


def links(page: Path) -> Iterator[tuple[int, str]]:
    """Line and target of each link and picture on a page."""
    for token, line in inline_tokens(MarkdownIt("commonmark").enable("table").parse(_text(page))):
        target = token.attrGet("href") or token.attrGet("src")
        if target:
            yield line, unquote(str(target))


@cache
def anchors(page: Path) -> frozenset[str]:
    """The anchors of a page's headings, made as code hosts make them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(_text(page))
    seen: Counter[str] = Counter()
    found: set[str] = set()
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open":
            slug = re.sub(r"[^\w\- ]", "", _plain(content).lower()).replace(" ", "-")
            found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
    return frozenset(found)


def fault(page: Path, target: str) -> str | None:
    """What is wrong with a link on a page, or None."""
    if _OTHER_SITE.match(target):
        return None
    path, _, anchor = target.partition("#")
    file = page if not path else (page.parent / path)
    if not file.exists():
        return f"{target}: there is no {file}"
    if anchor and file.suffix == ".md" and anchor not in anchors(file):
        return f"{target}: {file} has no heading for #{anchor}"
    return None


def _plain(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def main(arguments: list[str]) -> int:
    checked = 0
    faults: list[str] = []
    for page in pages(arguments):
        for line, target in links(page):
            checked += 1
            found = fault(page, target)
            if found:
                faults.append(f"{page}:{line}: {found}")
    print("\n".join(faults) if faults else f"{checked} links are good")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
