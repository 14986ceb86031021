"""`/metrics`: the bot's figures in Prometheus' text format (0.0.4), with those of its process."""

from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import Final, TypeVar

from aiohttp import web
from prometheus_client import CollectorRegistry, Metric, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

_Family = TypeVar("_Family", GaugeMetricFamily, CounterMetricFamily)


class Metrics(Collector):
    """What `figures` tells whenever somebody asks; metrics without a number are left out."""

    def __init__(self, figures: Callable[[], Iterable[Metric]]) -> None:
        self._figures: Final = figures
        self._registry: Final = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def collect(self) -> Iterable[Metric]:
        """The bot's own metrics, for the registry."""
        return (metric for metric in self._figures() if metric.samples)

    async def page(self, _: web.Request) -> web.Response:
        """All of them, as Prometheus reads them."""
        headers = {"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        return web.Response(body=generate_latest(self._registry), headers=headers)


def labelled(family: _Family, samples: Iterable[tuple[tuple[str, ...], float]]) -> _Family:
    """The metric with these numbers, each with the values of its labels."""
    for labels, value in samples:
        family.add_metric(labels, value)
    return family


def build() -> str:
    """The version that runs; in a checkout, where nothing is installed, just that."""
    try:
        return version("lecturebot")
    except PackageNotFoundError:
        return "checkout"
