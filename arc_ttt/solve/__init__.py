"""One task: lessons, adaptation, candidates and the vote."""
