"""Persons, places, providers, classes and payers that stand beside a figure, as whole phrases."""
