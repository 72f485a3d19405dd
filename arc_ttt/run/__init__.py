"""Many tasks: the results store, the loop over tasks, and pretraining."""
