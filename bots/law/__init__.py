"""Asking the law from the command line: answers, their contract and their words."""
