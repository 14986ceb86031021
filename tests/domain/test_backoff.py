"""Waits between attempts that fail."""

from bot.domain.backoff import Backoff, doubled


def test_waits_double_up_to_the_longest() -> None:
    backoff = Backoff(first=0.5, longest=6.0, chance=lambda: 0.0)
    assert [backoff.next() for _ in range(6)] == [0.5, 1.0, 2.0, 4.0, 6.0, 6.0]


def test_a_success_starts_anew() -> None:
    backoff = Backoff(chance=lambda: 0.0)
    waits = [backoff.next() for _ in range(3)]
    backoff.reset()
    assert [*waits, backoff.next()] == [1.0, 2.0, 4.0, 1.0]


def test_chance_shortens_a_wait_by_a_quarter_at_most() -> None:
    assert Backoff(first=8.0, chance=lambda: 1.0).next() == 6.0
    assert all(6.0 <= Backoff(first=8.0).next() <= 8.0 for _ in range(50))


def test_no_number_of_failures_is_too_many() -> None:
    assert doubled(1.0, 100_000, 300.0) == 300.0
    assert doubled(1.0, 0, 300.0) == 1.0
