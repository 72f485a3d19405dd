"""Language models: the built-in one, loading, adapters, training and decoding. Knows nothing of puzzles."""
