"""What the revision files of Optuna import."""

from __future__ import annotations

import enum
import json
import math
from typing import Any

from tests.histories.standing import Modules

VALUES = {
    "studies.direction": "MINIMIZE",
    "study_directions.direction": "MAXIMIZE",
    "trials.state": "COMPLETE",
    "trial_params.distribution_json": json.dumps(
        {"name": "UniformDistribution", "attributes": {"low": 0.0, "high": 2.0}}
    ),
    "trial_system_attributes.key": "_number",
    "trial_system_attributes.value_json": "7",
}
LARGEST = 3.4028234663852886e38


class StudyDirection(enum.IntEnum):
    """Which way a study goes."""

    NOT_SET = 0
    MINIMIZE = 1
    MAXIMIZE = 2


class TrialState(enum.IntEnum):
    """How far a trial is."""

    RUNNING = 0
    COMPLETE = 1
    PRUNED = 2
    FAIL = 3
    WAITING = 4


class Distribution:
    """Where a parameter is drawn from, as JSON tells it."""

    def __init__(self, **attributes: Any) -> None:
        self.low = attributes.get("low", 0)
        self.high = attributes.get("high", 1)
        self.log = attributes.get("log", False)
        self.step = attributes.get("step")
        self.q = attributes.get("q")

    def to_json(self) -> str:
        return json.dumps({"name": type(self).__name__, "attributes": vars(self)}, sort_keys=True)


KINDS: dict[str, type[Distribution]] = {
    name: type(name, (Distribution,), {})
    for name in (
        "DiscreteUniformDistribution",
        "FloatDistribution",
        "IntDistribution",
        "IntLogUniformDistribution",
        "IntUniformDistribution",
        "LogUniformDistribution",
        "UniformDistribution",
    )
}


def from_json(text: str) -> Distribution:
    told = json.loads(text)
    return KINDS[told["name"]](**told["attributes"])


def as_new(distribution: Distribution, suppress_warning: bool = False) -> Distribution:
    name = type(distribution).__name__
    new = "IntDistribution" if name.startswith("Int") else "FloatDistribution"
    step = distribution.q if distribution.step is None else distribution.step
    return KINDS[new](
        low=distribution.low,
        high=distribution.high,
        log=distribution.log or "Log" in name,
        step=step,
    )


class Limits:
    """The ends of a floating point type."""

    max = LARGEST
    min = -LARGEST

    def __init__(self, type_: object) -> None:
        self.type = type_


def modules() -> Modules:
    """The modules by their names."""
    return {
        "numpy": {
            "finfo": Limits,
            "float32": float,
            # Drivers ask for these where they find a module of this name.
            **dict.fromkeys(("bool_", "floating", "integer", "number"), Limits),
            "isclose": lambda a, b: math.isclose(a, b, rel_tol=1e-5),
            "isnan": math.isnan,
            "isneginf": lambda value: value == -math.inf,
            "isposinf": lambda value: value == math.inf,
        },
        "optuna.distributions": {
            **KINDS,
            "BaseDistribution": Distribution,
            "_convert_old_distribution_to_new_distribution": as_new,
            "distribution_to_json": Distribution.to_json,
            "json_to_distribution": from_json,
        },
        "optuna.study": {"StudyDirection": StudyDirection},
        "optuna.trial": {"TrialState": TrialState},
    }
