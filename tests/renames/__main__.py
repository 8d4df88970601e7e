"""`python -m tests.renames`: the figures; with -v each pair of the fitted half."""

from __future__ import annotations

import sys

from tests.renames.judged import judge_all
from tests.renames.report import lines

found = judge_all()
if "-v" in sys.argv:
    for each in found:
        if not each.is_held_out:
            print(each)
for line in lines(found):
    print(line)
