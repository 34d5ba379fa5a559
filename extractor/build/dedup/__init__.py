"""Near-duplicate copies: one notice, several files; the best file leads, and the others' figures are not counted again."""
