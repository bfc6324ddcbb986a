"""Writes files of foreign formats into the working directory: sound ones, and some that were made to do harm."""

import bz2
import datetime
import sqlite3
import sys
import zipfile

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>'


def cell(value, row, at):
    place = f'r="{chr(65 + at)}{row + 1}"'
    if isinstance(value, tuple):
        formula, result = value
        return f"<c {place}><f>{formula}</f><v>{result}</v></c>"
    if isinstance(value, (datetime.date, datetime.datetime)):
        moment = datetime.datetime(*value.timetuple()[:6])
        days = (moment - datetime.datetime(1899, 12, 30)).total_seconds() / 86400
        return f'<c {place} s="{2 if isinstance(value, datetime.datetime) else 1}"><v>{days}</v></c>'
    if isinstance(value, str):
        return f'<c {place} t="inlineStr"><is><t>{value}</t></is></c>'
    return "" if value is None else f"<c {place}><v>{value}</v></c>"


def sheet(rows):
    lines = "".join(
        f'<row r="{at + 1}">' + "".join(cell(value, at, place) for place, value in enumerate(row)) + "</row>"
        for at, row in enumerate(rows)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def book(path, sheets, hidden=(), more=()):
    names = "".join(
        f'<sheet name="{name}" sheetId="{at + 1}" r:id="r{at}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
        for at, name in enumerate(sheets)
    )
    parts = "".join(
        f'<Relationship Id="r{at}" Type="{RELATED}/worksheet" Target="worksheets/{at}.xml"/>' for at in range(len(sheets))
    )
    links = f'<Relationship Id="s" Type="{RELATED}/styles" Target="styles.xml"/><Relationship Id="t" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", f'<Relationships xmlns="{PACKED}"><Relationship Id="a" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        file.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{names}</sheets></workbook>')
        file.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKED}">{parts}{links}</Relationships>')
        file.writestr("xl/styles.xml", STYLES)
        for at, text in enumerate(sheets.values()):
            file.writestr(f"xl/worksheets/{at}.xml", text)
        for name, text in more:
            file.writestr(name, text)


day = datetime.date
TRAIN = [["id", "day", "at", "area", "rent"], [1, day(2024, 1, 31), datetime.datetime(2024, 1, 31, 8, 30), 40.5, 500], [2, day(2024, 2, 1), day(2024, 2, 1), None, 720]]
TEST = [["id", "day", "at", "area"], [3, day(2024, 3, 1), datetime.datetime(2024, 3, 1, 12, 0), 44]]
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{("&" + a + ";") * 20}">' for a, b in zip("abcdefgh", "bcdefghi")) + f']><sst xmlns="{MAIN}"><si><t>&i;</t></si></sst>'


def workbook():
    sample = [["id", "rent"], [3, 0]]
    book("rents.xlsx", {"train": sheet(TRAIN), "test": sheet(TEST), "sample_submission": sheet(sample), "answers": sheet([["id", "rent"], [3, 600]])}, hidden=("answers",))

def sound():
    import pyarrow as pa
    import pyarrow.parquet as pq

    moments = [datetime.datetime(2024, 1, 1), datetime.datetime(2024, 1, 2)]
    pq.write_table(pa.table({"id": [1, 2], "day": moments, "word": ["a,b", None], "list": [[1], [2]]}), "rooms.parquet")
    base = sqlite3.connect("town.sqlite")
    base.execute('CREATE TABLE "streets, all" (id INTEGER, name TEXT, picture BLOB)')
    base.execute('INSERT INTO "streets, all" VALUES (1, ?, ?)', ('Am "Wall"\n2', b"\0\1"))
    base.execute("CREATE TABLE parks (id INTEGER, size REAL)")
    base.execute("INSERT INTO parks VALUES (7, 2.5)")
    base.execute("CREATE VIEW v AS SELECT 1 AS one")
    base.commit()
    base.close()
    with bz2.open("cars.csv.bz2", "wt") as file:
        file.write("id,cars\n1,2\n")
    with pa.CompressedOutputStream("dogs.csv.zst", "zstd") as file:
        file.write(b"id,dogs\n1,3\n")


def hostile():
    with open("locked.xlsx", "wb") as file:
        file.write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    shared = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'
    book("laughs.xlsx", {"a": shared}, more=[("xl/sharedStrings.xml", LAUGHS)])
    with zipfile.ZipFile("bomb.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        with file.open("xl/worksheets/0.xml", "w") as member:
            for _ in range(300):
                member.write(bytes(2**20))
    huge = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    book("huge.xlsx", {"a": huge})
    book("formula.xlsx", {"../../x": sheet([["id", "call"], [1, ("WEBSERVICE(1)", 5)], [2, "=cmd|' /C calc'!A0"]])})
    with open("broken.parquet", "wb") as file:
        file.write(b"PAR1" + b"\xff" * 200 + b"PAR1")
    base = sqlite3.connect("half.sqlite")
    base.execute("CREATE TABLE t (a TEXT)")
    base.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 2000)
    base.commit()
    base.close()
    with open("half.sqlite", "r+b") as file:
        file.truncate(20_000)
    with open("other.db", "wb") as file:
        file.write(b"no database")
    import pyarrow as pa

    with pa.CompressedOutputStream("zeros.csv.zst", "zstd") as file:
        for _ in range(300):
            file.write(bytes(2**20))


{"workbook": workbook, "sound": sound, "hostile": hostile}[sys.argv[1]]()
