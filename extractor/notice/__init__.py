"""Source text to facts: normalise, structure, mentions, facts, in this order (see `extractor.pipeline`)."""
