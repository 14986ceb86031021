"""Lectures as scheduled events of the servers in which channels follow: what should be there, and how it gets there."""
