"""Sentences of one year against those of another: which were kept, reworded, new, dropped (`measures` in the dataset)."""
