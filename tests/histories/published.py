"""The published histories that are replayed, with the versions that they are pinned to."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from tests.histories.applications import airflow, ironic, keystone, mlflow, optuna, pgadmin
from tests.histories.history import History
from tests.histories.wheels import Wheel

_MLFLOW = Wheel(
    name="mlflow",
    version="3.18.0",
    sha256="be7d84ba0d0b12392f5b53260cdb3e6d7b7ef4b80c29da90a89b5a1f6db7102f",
    files=(
        "mlflow/store/db_migrations/*",
        "mlflow/server/auth/db/migrations/*",
        "mlflow/store/db/trace_analytics_*_75868b020152.py",
        "mlflow/store/tracking/dbmodels/initial_models.py",
    ),
)


@contextmanager
def _application(engine: sa.Engine) -> Iterator[None]:
    """A Flask application whose database is this one, current."""
    db = importlib.import_module("pgadmin.model").db
    app = Flask("pgadmin")
    app.config["SQLALCHEMY_DATABASE_URI"] = engine.url.render_as_string(hide_password=False)
    db.init_app(app)
    with app.app_context():
        try:
            yield
        finally:
            db.engine.dispose()


HISTORIES = (
    History(
        name="mlflow",
        wheel=_MLFLOW,
        directory="mlflow/store/db_migrations",
        modules=mlflow.modules,
        helpers=(
            "mlflow.store.db.trace_analytics_backfill_75868b020152",
            "mlflow.store.db.trace_analytics_schema_75868b020152",
            "mlflow.store.tracking.dbmodels.initial_models",
        ),
        prepare=mlflow.make_first_tables,
        floor={"sqlite": "c8d9e0f1a2b3", "postgresql": "c9d4e5f6a7b8"},
        values={"spans.dimension_attributes": {}, "spans.content": "{}", "issues.categories": "[]"},
    ),
    History(
        name="mlflow-auth",
        wheel=_MLFLOW,
        directory="mlflow/server/auth/db/migrations",
        modules=mlflow.modules,
        version_table="alembic_version_auth",
    ),
    History(
        name="optuna",
        wheel=Wheel(
            name="optuna",
            version="5.0.0",
            sha256="5fff892ae6baf4948c810c5b8635ec67e08efb0709b41cb73b14e30391d44720",
            files=("optuna/storages/_rdb/alembic/*",),
        ),
        directory="optuna/storages/_rdb/alembic",
        modules=optuna.modules,
        floor={"sqlite": "v3.0.0.d", "postgresql": "v3.0.0.c"},
        values=optuna.VALUES,
        # A type that an earlier run made is in the way of Alembic's CREATE TABLE.
        first_stop={"postgresql": "v2.4.0.a"},
    ),
    History(
        name="keystone",
        wheel=Wheel(
            name="keystone",
            version="30.0.0",
            sha256="d0fa097278b1c1eda5b2c727766322a6a8afac0ed848d3104253855d4d483515",
            files=("keystone/common/sql/migrations/*",),
        ),
        directory="keystone/common/sql/migrations",
        modules=keystone.modules,
        floor={"sqlite": "heads", "postgresql": "heads"},
        recursive=True,
    ),
    History(
        name="airflow",
        wheel=Wheel(
            name="apache-airflow-core",
            version="3.3.2",
            sha256="99258922bccec15be4700ff89f3c942b8acd93407e263c287ce863e671bb3c50",
            files=("airflow/migrations/*",),
        ),
        directory="airflow/migrations",
        modules=airflow.modules,
        helpers=("airflow.migrations.db_types", "airflow.migrations.utils"),
        metadata=airflow.metadata,
        floor={"sqlite": "4bc4d934e2bc", "postgresql": "808787349f22"},
        # A file gives an integer column a string, which psycopg sends as what it is.
        driver="psycopg2",
        values=airflow.VALUES,
        differs=airflow.DIFFERENCES,
        transaction_per_migration=True,
    ),
    History(
        name="pgadmin4",
        wheel=Wheel(
            name="pgadmin4",
            version="9.18",
            sha256="9ea084fc416265e4fc95c9fb6e6ae0f6668d34da8670c9b65c79cea054124356",
            files=("pgadmin4/migrations/*",),
        ),
        directory="pgadmin4/migrations",
        modules=pgadmin.modules,
        around=_application,
        floor={"postgresql": "fdc58d9bd449"},
        values={
            "server.port": 5432,
            "server.ssl_mode": "prefer",
            "sharedserver.ssl_mode": "prefer",
        },
        differs={
            r"^table sharedserver constraints: flaskmig alone has check \( ssl_mode in": (
                "a rebuild loses a CHECK that has no name"
            ),
            r"^table server constraints: .* primary key \( id (autoincrement )?\)$": (
                "a rebuild loses AUTOINCREMENT"
            ),
        },
        unsown=("user",),
    ),
    History(
        name="ironic",
        wheel=Wheel(
            name="ironic",
            version="39.0.0",
            sha256="99250b7ec5bc4736279984652acdf51e5af99a6e5ffd8f06d51820990639f4cb",
            files=("ironic/db/sqlalchemy/alembic/*",),
        ),
        directory="ironic/db/sqlalchemy/alembic",
        # Its files alter constraints outside of batch blocks, which Alembic refuses on SQLite.
        databases=("postgresql",),
        modules=ironic.modules,
        floor={"postgresql": "heads"},
        around=ironic.with_engine,
    ),
)
