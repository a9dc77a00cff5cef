"""A language model may word the answer; nothing that it writes is shown before the law has been found to say it."""
