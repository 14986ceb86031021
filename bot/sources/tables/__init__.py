"""Tables of lectures, whatever they are written in: each reader makes a document of a text."""
