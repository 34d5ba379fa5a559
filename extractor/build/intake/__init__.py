"""New notices into the corpus: from files, folders, addresses and standard input."""
