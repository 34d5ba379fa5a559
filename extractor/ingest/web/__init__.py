"""Web pages: the tree, which parts of it are the notice, tables, and the files that it links to."""
