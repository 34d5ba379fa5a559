"""Everything about the dataset as a file: canonical JSON, its schema, series, versions, loading and saving."""
