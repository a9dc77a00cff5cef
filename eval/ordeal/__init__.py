"""What citizens send, through everything that can happen to a machine; the command that does it is `python -m eval.ordeal`."""
