"""Batch blocks as revision files write them, each with what is there before."""

from __future__ import annotations

from tests.batch.blocks import arguments, methods, places
from tests.batch.blocks.block import Block

BLOCKS: tuple[Block, ...] = (*methods.BLOCKS, *arguments.BLOCKS, *places.BLOCKS)

__all__ = ["BLOCKS", "Block"]
