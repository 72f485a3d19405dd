"""arc-ttt: solve ARC puzzles by test-time training."""

__version__ = "0.1.0"
