"""Puzzles: files, augmentations, splits, submissions and scores. No torch here."""
