"""The call: why it was opened again for one person can be erased."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _reason_given(rule: str) -> None:
    name = op.f("ck_window_changes_reason_given")
    with op.batch_alter_table("window_changes", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, rule)


def upgrade() -> None:
    _reason_given("length(reason) > 0 OR application_id IS NOT NULL")


def downgrade() -> None:
    op.execute("UPDATE window_changes SET reason = 'Erased' WHERE length(reason) = 0")
    _reason_given("length(reason) > 0")
