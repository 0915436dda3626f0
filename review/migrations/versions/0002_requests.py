"""requests that come twice, outputs that need not be read again"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("request", sa.String(length=40), nullable=True))
    op.create_index("decision_of_request", "decision", ["request"])
    op.add_column("document", sa.Column("file", sa.String(length=80), nullable=True))
    op.add_column("document", sa.Column("accepted", sa.Integer(), nullable=True))
    op.add_column("document", sa.Column("target", sa.Float(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("a queue is never taken back to an older Gouji")
