"""The report: static pages with charts, comparisons, annotated notices and doubts, for people who open them from disk."""
