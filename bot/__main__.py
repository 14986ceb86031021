"""`python -m bot`, the same as the `lecturebot` command."""

from bot.cli import main

main()
