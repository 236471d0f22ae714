"""Plain tables of our own words and others'."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from app.components import markup

Cells = Sequence[object]


def table(head: Cells, rows: Iterable[Cells], *, caption: str = "") -> None:
    """Show a table whose first column names the rows; a caption where no heading stands above it."""
    heads = Markup("").join(Markup("<th scope=col>{}</th>").format(cell) for cell in head)
    body = Markup("").join(_row(row) for row in rows)
    title = Markup('<caption class="am-note">{}</caption>').format(caption) if caption else ""
    markup.show(
        Markup(
            '<div class="am-scroll"><table class="am-table">{}<thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table></div>"
        ).format(title, heads, body)
    )


def _row(row: Cells) -> Markup:
    first, *others = row
    cells = Markup("").join(Markup("<td>{}</td>").format(cell) for cell in others)
    return Markup("<tr><th scope=row>{}</th>{}</tr>").format(first, cells)


def csv_bytes(head: Cells, rows: Iterable[Cells]) -> bytes:
    """A table as CSV; cells that a spreadsheet would run as a formula are kept from it."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return lines.getvalue().encode("utf-8")


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r") else cell
