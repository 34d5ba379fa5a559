"""One sentence of a notice with all that its figures may be asked by: its words, what stands above it, its programmes."""
