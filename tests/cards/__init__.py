"""Tests of how a lecture is shown."""
