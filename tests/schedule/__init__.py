"""Tests of the schedule as it is kept in lectures.yaml."""
