"""A table as a CSV file (RFC 4180) that spreadsheets open with its Chinese intact."""

import csv
import io
from typing import IO

from publishing.sheets.table import Sheet
from publishing.text import csv_cell

# Without it spreadsheets take the bytes for those of the local code page.
_MARK = "\ufeff"


def write_csv(sheet: Sheet, file: IO[bytes]) -> int:
    """Write headings and rows; what begins like a formula can't be run. Returns how many rows.

    Only the table: a title above the headings would stand in the way of programs that read it.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write(_MARK)
    writer = csv.writer(text)
    writer.writerow([column.heading for column in sheet.columns])
    count = 0
    for row in sheet.rows:
        writer.writerow([csv_cell(value) for value in row])
        count += 1
    text.flush()
    text.detach()
    return count
