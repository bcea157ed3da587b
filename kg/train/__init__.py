"""Rebuilds the learned models from annotated text; needs `zhengmai[train]`, which run time does not."""
