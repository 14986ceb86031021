"""Numbers in the text format of Prometheus (0.0.4), written by hand: that is less than a library would be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final, Literal

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_PREFIX: Final = "lecturebot"
_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


@dataclass(frozen=True, slots=True)
class Sample:
    """One number, with what tells it from the others of its metric; without it where the number is not known."""

    value: float | None
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric, named without the prefix that all have; `help` says in a sentence what it counts."""

    name: str
    help: str
    samples: Sequence[Sample]
    type: Literal["gauge", "counter"] = "gauge"


def single(name: str, told: str, value: float | None) -> Metric:
    """A gauge that is one number."""
    return Metric(name, told, [Sample(value, {})])


def exposition(metrics: Iterable[Metric]) -> str:
    """All of them as Prometheus reads them; those of which nothing is known are left out."""
    return "".join(_written(metric) for metric in metrics)


def build() -> str:
    """The version that runs; in a checkout, where nothing is installed, just that."""
    try:
        return version("lecturebot")
    except PackageNotFoundError:
        return "checkout"


def _written(metric: Metric) -> str:
    name = f"{_PREFIX}_{metric.name}"
    lines = [
        f"{name}{_labels(sample.labels)} {_number(sample.value)}\n"
        for sample in metric.samples
        if sample.value is not None
    ]
    if not lines:
        return ""
    return "".join((f"# HELP {name} {metric.help}\n", f"# TYPE {name} {metric.type}\n", *lines))


def _labels(labels: Mapping[str, str]) -> str:
    written = ",".join(f'{name}="{value.translate(_ESCAPES)}"' for name, value in labels.items())
    return f"{{{written}}}" if written else ""


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.3f}"
