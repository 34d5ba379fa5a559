"""Which indicator of the catalog a figure has."""
