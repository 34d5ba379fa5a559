"""Notices as they are published: looks at lists, feeds and sitemaps of authorities, and takes what is new."""
