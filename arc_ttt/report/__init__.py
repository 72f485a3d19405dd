"""What became of runs: verdicts, costs, comparisons, and a page that draws them."""
