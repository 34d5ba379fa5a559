"""Corpus to outputs: reads what is new or changed, puts everything together, and publishes it."""
