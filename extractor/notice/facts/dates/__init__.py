"""What the dates of a sentence, and what stands above it, say of when its figures hold."""
