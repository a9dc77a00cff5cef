"""Load on the HTTP interface: k6 scripts, and the command that runs them (`python -m eval.load`)."""
