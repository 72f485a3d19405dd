"""A page on which a person draws a puzzle and watches it being solved."""
