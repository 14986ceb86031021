"""After an outage each post stands within ten seconds of the last fault that it met, once; a longer search by `python
-m tests.announcements.recovery`."""

import pytest

from tests.announcements.recovery import recovered


@pytest.mark.parametrize("seed", range(8))
def test_each_post_stands_soon_after_the_platform_is_well_again(seed: int) -> None:
    found = recovered(seed)
    assert found.faults > 5
    assert found.wrong == []
    assert found.slowest <= 10.01
