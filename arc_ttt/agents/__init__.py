"""Who proposes answers to one task: the learner (test-time training), and one interface for all agents."""
