"""A schema as JSON that can be stored, read by people and compared: what `Snapshot` is."""

from __future__ import annotations

from flaskmig.snapshots.snapshot import FORMAT, Snapshot

__all__ = ["FORMAT", "Snapshot"]
