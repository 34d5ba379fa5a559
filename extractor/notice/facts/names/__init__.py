"""The names of things around a figure: a sentence cut into words, and which of them name what is measured."""
