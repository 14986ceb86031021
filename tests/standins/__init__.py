"""Stand-ins for the platforms: real servers on loopback that behave and refuse like the real services."""
