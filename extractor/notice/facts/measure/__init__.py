"""What a figure measures, in the words of its text."""
