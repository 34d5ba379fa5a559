"""What people see: terminal tables now, pages later. Everything here returns text; only `cli` prints."""
