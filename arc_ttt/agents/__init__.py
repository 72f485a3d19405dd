"""Agents: each looks at a puzzle in its own way and proposes answers with their evidence."""
