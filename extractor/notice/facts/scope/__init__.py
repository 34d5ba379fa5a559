"""For whom, where, by whom and in which case a figure holds."""
