"""The benches of the cases: databases that are emptied for each test."""

from tests.cases.conftest import bench, postgresql_worktop, sqlite_worktop

__all__ = ["bench", "postgresql_worktop", "sqlite_worktop"]
