"""What all tables share: the naming of constraints, ids, words kept as text."""

from enum import StrEnum
from typing import Annotated

from sqlalchemy import Enum, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column


class Row(DeclarativeBase):
    """The base of every row class. Constraints are named, so that a migration can find them again."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def words(kind: type[StrEnum], column: str) -> Enum:
    """Keep an enumeration as its own words (`rejected-warm`), checked by the database under the column's name."""
    return Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=True,
        name=column,
        values_callable=lambda members: [member.value for member in members],
    )


Id = Annotated[int, mapped_column(primary_key=True)]
Short = Annotated[str, mapped_column(String(320))]
