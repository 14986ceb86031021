"""Tests of what the bot gives out beside its answers."""
