"""Asks a dataset: the value of an indicator, its facts and series, frames of its tables. Needs neither notices nor their readers."""
