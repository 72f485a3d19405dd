"""Puzzles as tokens: prompt formats, the grid grammar and its inverse. No torch here."""
