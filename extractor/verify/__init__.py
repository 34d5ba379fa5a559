"""Checks claims against a dataset: a text is read as notices are, and of each figure is said whether the dataset states it."""
