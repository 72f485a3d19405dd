"""A bundle for Kaggle: made (`bundle`, `wheels`), run there (`entry`, `drive`), rehearsed here (`check`, `scene`)."""
