"""Measurements, side by side in one run: `make bench`. A machine's speed drifts, ratios hold."""
