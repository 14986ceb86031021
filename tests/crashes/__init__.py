"""The real bot as processes that are killed, against stand-ins for both platforms on which much goes wrong."""
