"""The law and the procedures as data: identifiers, provision trees, sources, the store.

Knows no model, no user and no channel.
"""
