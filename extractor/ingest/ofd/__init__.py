"""OFD (GB/T 33190): text and path objects by position."""
