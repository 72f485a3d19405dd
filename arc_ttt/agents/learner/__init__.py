"""Test-time training: a small adapter learns the task's lessons, and the model answers in many views."""
