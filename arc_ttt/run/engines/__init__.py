"""Where tasks are solved: this process, processes of its own, a cluster."""
