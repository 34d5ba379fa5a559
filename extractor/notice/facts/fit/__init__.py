"""Whether an indicator can have a figure at all."""
