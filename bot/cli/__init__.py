"""The command line: what `lecturebot` can do, and how it is typed. A module is loaded when one of its commands is."""
