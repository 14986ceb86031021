"""The holidays of a country, looked up only by those who need to know: loading them takes longer than a schedule."""

from dataclasses import replace

from bot.catalog.reading import Reading
from bot.domain.series import Series


def with_holidays(reading: Reading) -> Series:
    """The series with its country's public holidays in all years that its lectures touch.

    Days that the file itself lists stay as they are. A country that the `holidays` library doesn't know has none.
    """
    series, country = reading.series, reading.settings.holidays
    if not isinstance(country, str):
        return series
    from holidays import country_holidays

    years = {lecture.day.year for lecture in series.lectures if lecture.day}
    try:
        known = country_holidays(country, years=sorted({year - 1 for year in years} | years))
    except NotImplementedError:
        return series
    return replace(series, holidays=frozenset(known))
