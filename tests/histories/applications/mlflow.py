"""What the revision files of MLflow import."""

from __future__ import annotations

import importlib
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

from tests.histories.standing import Modules

TABLES = {
    "SqlAssessments": "assessments",
    "SqlDataset": "datasets",
    "SqlExperiment": "experiments",
    "SqlExperimentTag": "experiment_tags",
    "SqlInput": "inputs",
    "SqlInputTag": "input_tags",
    "SqlIssue": "issues",
    "SqlOnlineScoringConfig": "online_scoring_configs",
    "SqlScorer": "scorers",
    "SqlScorerVersion": "scorer_versions",
    "SqlSpan": "spans",
    "SqlTraceMetadata": "trace_request_metadata",
    "SqlTraceMetrics": "trace_metrics",
    "SqlTraceTag": "trace_tags",
}
REGISTRY_TABLES = {
    "SqlModelVersion": "model_versions",
    "SqlModelVersionTag": "model_version_tags",
    "SqlRegisteredModel": "registered_models",
    "SqlRegisteredModelAlias": "registered_model_aliases",
    "SqlRegisteredModelTag": "registered_model_tags",
    "SqlWebhook": "webhooks",
    "SqlWebhookEvent": "webhook_events",
}
SOURCE_TYPES = ["NOTEBOOK", "JOB", "LOCAL", "UNKNOWN", "PROJECT"]


class MlflowError(Exception):
    """The application's own error."""

    @classmethod
    def invalid_parameter_value(cls, message: str, **_: Any) -> MlflowError:
        return cls(message)


def _metric(base: Any, name: str, table: str, key: tuple[str, ...]) -> Any:
    columns = {
        "key": sa.Column(sa.String(250)),
        "value": sa.Column(sa.types.Float(precision=53), nullable=False),
        "timestamp": sa.Column(sa.BigInteger),
        "step": sa.Column(sa.BigInteger, default=0, nullable=False),
        "is_nan": sa.Column(sa.Boolean, nullable=False, default=False),
        "run_uuid": sa.Column(sa.String(32), sa.ForeignKey("runs.run_uuid")),
    }
    arguments = (sa.PrimaryKeyConstraint(*key),)
    return type(name, (base,), {"__tablename__": table, "__table_args__": arguments, **columns})


def _tracking_models() -> dict[str, Any]:
    base: Any = declarative_base()
    run = {
        "__tablename__": "runs",
        "run_uuid": sa.Column(sa.String(32), primary_key=True),
        "source_type": sa.Column(sa.String(20)),
        "lifecycle_stage": sa.Column(sa.String(20)),
    }
    trace = {
        "__tablename__": "trace_info",
        "request_id": sa.Column(sa.String(50), primary_key=True),
    }
    every = ("key", "timestamp", "step", "run_uuid", "value", "is_nan")
    return {
        **{name: SimpleNamespace(__tablename__=table) for name, table in TABLES.items()},
        "SourceTypes": SOURCE_TYPES,
        "SqlRun": type("SqlRun", (base,), run),
        "SqlTraceInfo": type("SqlTraceInfo", (base,), trace),
        "SqlMetric": _metric(base, "SqlMetric", "metrics", every),
        "SqlLatestMetric": _metric(base, "SqlLatestMetric", "latest_metrics", ("key", "run_uuid")),
    }


def modules() -> Modules:
    """The modules by their names."""
    statuses = {"RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"}
    status = SimpleNamespace(**{name: name for name in statuses}, to_string=str)
    stages = SimpleNamespace(
        ACTIVE="active",
        DELETED="deleted",
        view_type_to_stages=lambda view_type: ["active", "deleted"],
    )
    registry = {name: SimpleNamespace(__tablename__=t) for name, t in REGISTRY_TABLES.items()}
    return {
        "mlflow.entities": {"RunStatus": status, "ViewType": SimpleNamespace(ALL=3)},
        "mlflow.entities.lifecycle_stage": {"LifecycleStage": stages},
        "mlflow.entities.model_registry.model_version_stages": {"STAGE_NONE": "None"},
        "mlflow.entities.model_registry.model_version_status": {
            "ModelVersionStatus": SimpleNamespace(READY="READY", to_string=str),
        },
        "mlflow.exceptions": {"MlflowException": MlflowError},
        "mlflow.store.model_registry.dbmodels.models": registry,
        "mlflow.store.tracking.dbmodels.models": _tracking_models(),
        "mlflow.utils.mlflow_tags": {"MLFLOW_USER": "mlflow.user"},
        "mlflow.utils.workspace_utils": {"DEFAULT_WORKSPACE_NAME": "default"},
    }


def make_first_tables(connection: sa.Connection) -> None:
    """The tables that the application makes itself before its first revision."""
    models = importlib.import_module("mlflow.store.tracking.dbmodels.initial_models")
    models.Base.metadata.create_all(connection)
