"""Demonstrations → programs of `arc_ttt.rules` that reproduce them, and what these make of the test inputs."""
