"""The version of the program, where every part can read it without importing another."""

__version__ = "0.1.0"
