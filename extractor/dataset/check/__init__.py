"""Checks of a dataset: figures that must add up, follow last year's, keep to bounds, conform and agree."""
