"""Corpora and the training of a built-in model."""
