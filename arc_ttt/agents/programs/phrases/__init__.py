"""What operations are called in plain English: their phrases, and the words for what their arguments mean."""
