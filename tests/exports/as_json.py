"""A schedule as it is written in JSON."""

from bot.exports.data import structure, text_of
from bot.schedule.reader import Reading


def schedule_json(reading: Reading) -> str:
    """The whole schedule as JSON."""
    return text_of(structure(reading.series, reading.settings))
