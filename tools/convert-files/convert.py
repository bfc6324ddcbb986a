"""Turns one file of a foreign format into CSV tables; it runs in the sandbox, for the file may be made to do harm.

Reads ./input/<name>, writes ./final/<number>.csv for each table and ./final/report.json: the tables with what they are called in
the file, and sentences about what was left out; or the problem, for which there are no tables.
"""

import codecs
import csv
import datetime
import json
import os
import re
import sys
import zipfile
from decimal import Decimal

MOST_TABLES = 50
MOST_COLUMNS = 20_000
MOST_BYTES = 8 * 2**30
MOST_TEXT = 32 * 2**20
MOST_MEMBERS = 10_000
MOST_UNPACKED = 4 * 2**30
MOST_GROWTH = 200
GROWTH_FROM = 2**28
TEXT_TABLES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")

csv.field_size_limit(MOST_TEXT)


class Refused(Exception):
    """Why a file is not read, in words that follow on its name."""


class Tables:
    """The tables written so far, within the limits that hold for all of them."""

    def __init__(self):
        self.made, self.notes, self.left = [], [], MOST_BYTES

    def path(self, name):
        if len(self.made) == MOST_TABLES:
            raise Refused(f"it holds more than {MOST_TABLES} tables")
        self.made.append(name)
        return f"final/{len(self.made) - 1}.csv"

    def count(self, size):
        self.left -= size
        if self.left < 0:
            raise Refused(f"its tables take more than {MOST_BYTES >> 30} GB")

    def add(self, name, columns, rows):
        if len(columns) > MOST_COLUMNS:
            raise Refused(f"it has more than {MOST_COLUMNS} columns")
        with open(self.path(name), "w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(distinct(columns))
            before = 0
            for at, row in enumerate(rows):
                # A line that is blank altogether would be skipped by every reader.
                if len(row) == 1 and row[0] == "":
                    file.write('""\n')
                else:
                    lines.writerow(row)
                if at % 1000 == 0:
                    self.count(file.tell() - before)
                    before = file.tell()
            self.count(file.tell() - before)


def distinct(columns):
    """Names as pandas tells namesakes apart; a column without a name keeps none."""
    seen, names = set(), []
    for column in columns:
        name, number = column, 0
        while name != "" and name in seen:
            number += 1
            name = f"{column}.{number}"
        seen.add(name)
        names.append(name)
    return names


def written(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return "" if value != value else repr(value)
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return repr(value.total_seconds())
    if isinstance(value, (bytes, memoryview)):
        return ""
    return json.dumps(value, default=str, ensure_ascii=False)


def check_archive(path):
    """Office's files are archives: what they unpack to is bounded before anything unpacks them."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        with open(path, "rb") as file:
            if file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
                raise Refused("it is protected by a password") from None
        raise Refused("it is not whole, or of another format than its name says") from None
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    grows = size > GROWTH_FROM and size > MOST_GROWTH * max(packed, 1)
    if len(members) > MOST_MEMBERS or size > MOST_UNPACKED or grows:
        raise Refused("it unpacks to far more than a table would")


def read_excel(path, tables):
    try:
        import python_calamine as calamine
    except ImportError:
        raise Refused("the package python-calamine, which reads it, is not there") from None
    if not path.lower().endswith(".xls"):
        check_archive(path)
    try:
        book = calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError:
        raise Refused("it is protected by a password") from None
    for sheet in book.sheets_metadata:
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != calamine.SheetVisibleEnum.Visible:
            tables.notes.append(f"the sheet {json.dumps(sheet.name)} is hidden and was left out")
            continue
        add_sheet(sheet.name, book.get_sheet_by_name(sheet.name), tables)


def add_sheet(name, sheet, tables):
    rows = lambda: (row for row in sheet.iter_rows() if any(cell != "" for cell in row))
    head = next(rows(), None)
    if head is None:
        return
    width = len(head)
    used, timed = [cell != "" for cell in head], [False] * width
    for row in rows():
        for at, cell in enumerate(row):
            used[at] = used[at] or cell != ""
            timed[at] = timed[at] or isinstance(cell, datetime.datetime)
    places = [at for at in range(width) if used[at]]

    def cell(row, at):
        value = row[at]
        # A day among moments is the moment it begins with; Excel knows no integers.
        if timed[at] and type(value) is datetime.date:
            value = datetime.datetime(value.year, value.month, value.day)
        if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            value = int(value)
        return written(value)

    body = rows()
    next(body)
    columns = [cell(head, at).strip() for at in places]
    tables.add(name, columns, ([cell(row, at) for at in places] for row in body))


def read_parquet(path, tables):
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    schema = file.schema_arrow
    if len(schema) > MOST_COLUMNS:
        raise Refused(f"it has more than {MOST_COLUMNS} columns")
    if len(schema) == 0:
        return
    days = {at: whole_days(file, field.name) for at, field in enumerate(schema) if pa.types.is_timestamp(field.type)}

    def cells(column, at):
        if days.get(at):
            return [None if value is None else value.date() for value in column.to_pylist()]
        if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
            column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
        return column.to_pylist()

    def rows():
        for batch in file.iter_batches(batch_size=8192):
            for row in zip(*[cells(column, at) for at, column in enumerate(batch.columns)]):
                yield [written(value) for value in row]

    binary = [field.name for field in schema if pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type)]
    if binary:
        tables.notes.append(f"binary data were left empty in {json.dumps(binary[:5], ensure_ascii=False)}")
    tables.add("", [name.replace("\0", "") for name in schema.names], rows())


def whole_days(file, name):
    """Whether no moment of a column lies within a day."""
    midnight = datetime.time(0)
    if file.schema_arrow.names.count(name) > 1:
        return False
    for batch in file.iter_batches(batch_size=65536, columns=[name]):
        values = (value for value in batch.column(0).cast("timestamp[us]", safe=False).to_pylist())
        if any(value is not None and value.time() != midnight for value in values):
            return False
    return True


def read_sqlite(path, tables):
    import sqlite3

    base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    base.text_factory = lambda text: text.decode("utf-8", "replace")
    # A schema of others may call functions: it must not.
    base.execute("PRAGMA trusted_schema=OFF")
    base.execute("PRAGMA cell_size_check=ON")
    if hasattr(base, "setlimit"):
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_TEXT)
    found = base.execute("SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY rowid")
    for name, kind, statement in found.fetchall():
        if name.startswith("sqlite_"):
            continue
        if kind == "view" or (statement or "").upper().startswith("CREATE VIRTUAL"):
            tables.notes.append(f"{json.dumps(name)} is no plain table and was left out")
            continue
        quoted = name.replace('"', '""')
        rows = base.execute(f'SELECT * FROM "{quoted}"')
        columns = [column.replace("\0", "") for column, *_ in rows.description]
        tables.add(name, columns, ([written(value) for value in row] for row in rows))


def read_packed(path, tables):
    """A text table under a compression."""
    import bz2
    import gzip
    import lzma

    ending = path.rsplit(".", 1)[-1].lower()
    if ending == "zst":
        import pyarrow as pa

        stream = pa.CompressedInputStream(pa.OSFile(path), "zstd")
    else:
        stream = {"bz2": bz2.open, "gz": gzip.open, "xz": lzma.open}[ending](path)
    unpack(stream, "", os.path.getsize(path), tables)


def unpack(stream, name, packed, tables):
    size = 0
    target = tables.path(name)
    with open(target, "wb") as out:
        while chunk := stream.read(2**20):
            size += len(chunk)
            if size > GROWTH_FROM and size > MOST_GROWTH * packed:
                raise Refused("it unpacks to far more than a table would")
            tables.count(len(chunk))
            out.write(chunk)
    recode(target)


def read_zip(path, tables):
    """The text tables in an archive; it may hold none, and other files, which stay in it."""
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not is_hidden(member.filename)]
        found = [member for member in members if member.filename.lower().endswith(TEXT_TABLES)]
        for member in found:
            if member.flag_bits & 1:
                raise Refused("it is protected by a password")
            with archive.open(member) as stream:
                unpack(stream, member.filename, member.compress_size, tables)
    if len(found) < len(members):
        tables.notes.append(f"{len(members) - len(found)} other files in it are not read: unpack it where they matter")


def is_hidden(name):
    return name.endswith("/") or any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def read_text(path, tables):
    target = tables.path("")
    with open(path, "rb") as given, open(target, "wb") as out:
        while chunk := given.read(2**20):
            tables.count(len(chunk))
            out.write(chunk)
    tables.notes.append(f"it was written in {recode(target)}")


NAMED = None
MARKS = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def recode(path):
    """Makes a text UTF-8 that was not; returns the name of what it was."""
    encoding = encoding_of(path)
    if encoding != "utf-8":
        with open(path, encoding=encoding, newline="") as given, open(f"{path}.new", "w", encoding="utf-8", newline="") as out:
            while text := given.read(2**20):
                out.write(text)
        os.replace(f"{path}.new", path)
    return encoding


def encoding_of(path):
    with open(path, "rb") as file:
        head = file.read(4)
        for mark, encoding in MARKS.items():
            if head.startswith(mark):
                return encoding
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        foreign, size = [], 0
        try:
            while chunk := file.read(2**20):
                decoder.decode(chunk)
            decoder.decode(b"", True)
            return "utf-8"
        except UnicodeDecodeError:
            file.seek(0)
        # Lines of plain letters say nothing of it.
        for line in file:
            if not line.isascii() and size < 2**20:
                foreign.append(line)
                size += len(line)
    text = b"".join(foreign)
    if b"\0" in text:
        raise Refused("it is no text")
    if NAMED is not None:
        if not decodes(path, NAMED):
            raise Refused(f"it is not in {NAMED}, as task.yaml says")
        return NAMED
    # Western European texts have single accents between plain letters, others whole words beyond ASCII.
    runs = re.findall(rb"[\x80-\xff]+", text)
    if sum(len(run) > 2 for run in runs) <= 0.05 * len(runs):
        return "cp1252" if decodes(path, "cp1252") else "latin-1"
    raise Refused("it is not in UTF-8; name what it is in in task.yaml, such as encoding: cp1251")


def decodes(path, encoding):
    try:
        with open(path, encoding=encoding, newline="") as file:
            while file.read(2**20):
                pass
    except (UnicodeDecodeError, LookupError):
        return False
    return True


READERS = {
    "excel": read_excel,
    "parquet": read_parquet,
    "sqlite": read_sqlite,
    "packed": read_packed,
    "zip": read_zip,
    "text": read_text,
}


def report(path, kind):
    tables = Tables()
    try:
        READERS[kind](path, tables)
        if not tables.made and kind != "zip":
            raise Refused("it holds no table with columns")
        return {"tables": tables.made, "notes": tables.notes[:20]}
    except Refused as refused:
        return {"problem": str(refused)}
    except MemoryError:
        return {"problem": "it takes more memory than a conversion may have"}
    except ImportError as error:
        return {"problem": f"the package {error.name}, which reads it, is not there"}
    except BaseException as error:  # Whatever a broken file does to its reader is told, not thrown: Rust's panics, too.
        words = " ".join(str(error).split())[:200]
        return {"problem": f"it is not whole, or not what its name says ({type(error).__name__}: {words})"}


if __name__ == "__main__":
    wanted = json.loads(os.environ["MLE_STAR_CONVERT"])
    NAMED = wanted["encoding"]
    result = report(wanted["path"], wanted["kind"])
    with open("final/report.json", "w", encoding="utf-8") as file:
        json.dump(result, file)
    sys.stdout.flush()
