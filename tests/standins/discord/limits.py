"""Rate limits by bucket and in all, and the ban of addresses that keep asking wrongly."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from dataclasses import dataclass, field

from aiohttp import web

from .faults import too_many

_MINUTES_OF_BAN = 10


@dataclass
class _Window:
    ends: float
    used: int = 0


@dataclass
class Limits:
    """`per_bucket` is (requests, seconds); None switches a limit off. Discord bans after 10,000, here nothing does."""

    per_bucket: tuple[int, float] | None = (5, 5.0)
    per_second: int | None = 50
    ban_after: int | None = None
    invalid: deque[float] = field(default_factory=deque)
    hits: int = 0
    _buckets: dict[str, _Window] = field(default_factory=dict)
    _all: _Window = field(default_factory=lambda: _Window(0.0))

    def off(self) -> None:
        """No limits at all, as benchmarks want it."""
        self.per_bucket = self.per_second = self.ban_after = None

    def admit(
        self, bucket: str | None, major: str, *, counts_in_all: bool
    ) -> tuple[web.Response | None, dict[str, str]]:
        """The refusal, if there is one, and the headers for the answer."""
        now = time.monotonic()
        if counts_in_all and self.per_second is not None:
            if now >= self._all.ends:
                self._all = _Window(now + 1.0)
            if self._all.used >= self.per_second:
                self.hits += 1
                return too_many(self._all.ends - now, everywhere=True), {}
            self._all.used += 1
        if bucket is None or self.per_bucket is None:
            return None, {}
        return self._in_bucket(bucket, major, now, *self.per_bucket)

    def _in_bucket(
        self, bucket: str, major: str, now: float, most: int, seconds: float
    ) -> tuple[web.Response | None, dict[str, str]]:
        window = self._buckets.get(f"{bucket} {major}")
        if window is None or now >= window.ends:
            window = self._buckets[f"{bucket} {major}"] = _Window(now + seconds)
        refused = None
        if window.used >= most:
            self.hits += 1
            refused = too_many(window.ends - now)
        else:
            window.used += 1
        remaining = window.ends - now
        headers = {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(max(0, most - window.used)),
            "X-RateLimit-Reset": f"{time.time() + remaining:.3f}",
            "X-RateLimit-Reset-After": f"{remaining:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(bucket.encode()).hexdigest()[:32],
        }
        return refused, headers

    def note(self, status: int) -> None:
        """Counts what Discord calls an invalid request."""
        if status in (401, 403, 429):
            self.invalid.append(time.monotonic())

    @property
    def banned(self) -> bool:
        while self.invalid and self.invalid[0] < time.monotonic() - _MINUTES_OF_BAN * 60:
            self.invalid.popleft()
        return self.ban_after is not None and len(self.invalid) >= self.ban_after


def banned_answer() -> web.Response:
    """What Cloudflare says in Discord's stead: no `Via`, no JSON."""
    headers = {"Retry-After": "600"}
    return web.Response(status=429, body=b"<html>error code: 1015</html>", content_type="text/html", headers=headers)
