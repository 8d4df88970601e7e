"""What the tests of this folder register stays among them."""

from __future__ import annotations

from functools import partial

import alembic.op
import alembic.operations
import pytest

from flaskmig.engine.calls.custom.operations import Operations
from flaskmig.engine.calls.custom.registry import IMPLEMENTATIONS
from tests.custom_operations.conftest import forget
from tests.custom_operations.registered import taken_back
from tests.legacy.project import OldFiles, run_peer


def _known() -> list[list[str]]:
    """The names and classes of all that is registered, with both."""
    peer = alembic.operations.Operations
    return [
        sorted(Operations._registered),
        sorted(kind.__qualname__ for kind in IMPLEMENTATIONS._given),
        sorted(vars(peer)),
        sorted(vars(alembic.operations.BatchOperations)),
        sorted(str(key) for key in peer._to_impl._registry),
        sorted(peer._setups[peer][0]),
        sorted(vars(alembic.op).keys() - {"_proxy"}),
    ]


@pytest.mark.parametrize("plugin", ["entities", "stamps", "versioned_views"])
def test_nothing_stays(old: OldFiles, plugin: str) -> None:
    """What a plugin registers with either of the two is gone afterwards, and nothing else is."""
    before = _known()
    old.write("c1", top=f"import {plugin}")
    for run in (old.upgrade, partial(run_peer, old.folder, old.engine, "-1")):
        forget()
        with taken_back():
            run()
            assert _known() != before
        assert _known() == before
