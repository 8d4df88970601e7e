"""``python -m tests.expressions`` prints how many forms each database has, by theme."""

from __future__ import annotations

from tests.databases import NAMES
from tests.expressions.themes import count, themes


def main() -> None:
    for database in NAMES:
        print(f"{database}: {count(database)} forms")
        for theme, forms in themes(database).items():
            places = sum(len(form.places) for form in forms)
            print(f"    {theme:12} {len(forms):4} forms in {places:4} places")


main()
