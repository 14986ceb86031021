"""The shape of lectures.yaml: which keys there are and of which type each is, not yet how they fit together.

Values arrive as plain texts, lists and mappings.
"""
