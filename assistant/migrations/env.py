"""Runs the steps on the connection that `assistant.database.upgrade` hands over."""

from __future__ import annotations

from alembic import context


def run() -> None:
    """Runs the steps inside the caller's transaction."""
    context.configure(connection=context.config.attributes["connection"])
    with context.begin_transaction():
        context.run_migrations()


# Alembic runs this file under the name of its path; as a module of the package it does nothing.
if __name__ == "env_py":
    run()
