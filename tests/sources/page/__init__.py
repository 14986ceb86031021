"""Tests of reading the organizers' page and of comparing it with the schedule."""
