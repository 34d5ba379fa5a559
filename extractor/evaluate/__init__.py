"""Precision and recall on annotated notices."""
