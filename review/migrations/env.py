"""Alembic's way in: the connection comes with the configuration (`review.database`)."""

from alembic import context

from review.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
