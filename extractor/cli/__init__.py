"""Arguments in, text out; no logic, and the only part that prints."""
