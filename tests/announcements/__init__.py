"""Tests of the posts that come by themselves."""
