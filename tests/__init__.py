"""The tests: one module for each of the engine's, and `tests/good`, the site that they change."""
