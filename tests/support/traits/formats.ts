import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { crc32, deflateSync } from "node:zlib";
import { zip as archived } from "../zip-archive.ts";
import { noise } from "./trait.ts";

/** An archive of these files. */
export const zip = (files: Record<string, string | Buffer>): Buffer =>
  archived(...Object.entries(files).map(([name, text]) => ({ name, text })));

const rowsOf = (csv: string) =>
  csv
    .trim()
    .split("\n")
    .map((line) => line.split(","));

/** A workbook with a sheet for each of these tables. */
export function workbook(sheets: Record<string, string>): Buffer {
  const [main, office] = [
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
  ];
  const [packed, types] = [
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://schemas.openxmlformats.org/package/2006/content-types",
  ];
  const names = Object.keys(sheets);
  const cell = (value: string, row: number, at: number) => {
    const place = `r="${String.fromCharCode(65 + at)}${row + 1}"`;
    return Number.isNaN(Number(value))
      ? `<c ${place} t="inlineStr"><is><t>${value}</t></is></c>`
      : `<c ${place}><v>${value}</v></c>`;
  };
  const sheet = (csv: string) =>
    `<worksheet xmlns="${main}"><sheetData>${rowsOf(csv)
      .map(
        (cells, row) =>
          `<row r="${row + 1}">${cells.map((one, at) => cell(one, row, at)).join("")}</row>`,
      )
      .join("")}</sheetData></worksheet>`;
  const named = names.map(
    (name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at}"/>`,
  );
  const parts = names.map(
    (_, at) =>
      `<Relationship Id="r${at}" Type="${office}/worksheet" Target="worksheets/${at}.xml"/>`,
  );
  return zip({
    "[Content_Types].xml": `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${packed}"><Relationship Id="a" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${named.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packed}">${parts.join("")}</Relationships>`,
    ...Object.fromEntries(
      Object.values(sheets).map((csv, at) => [`xl/worksheets/${at}.xml`, sheet(csv)]),
    ),
  });
}

/** A database with these tables. */
export function database(tables: Record<string, string>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "trait-"));
  const path = join(folder, "a.sqlite");
  const file = new DatabaseSync(path);
  for (const [name, csv] of Object.entries(tables)) {
    const [columns = [], ...rows] = rowsOf(csv);
    file.exec(
      `CREATE TABLE "${name}" (${columns.map((column) => `"${column}" NUMERIC`).join(", ")})`,
    );
    const insert = file.prepare(
      `INSERT INTO "${name}" VALUES (${columns.map(() => "?").join(", ")})`,
    );
    for (const row of rows) insert.run(...row);
  }
  file.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

/** A small grey picture, the brighter the higher the number from 0 to 1. */
export function picture(brightness: number, salt: number): Buffer {
  const side = 8;
  const lines = Array.from({ length: side }, (_, line) =>
    Buffer.from([
      0,
      ...Array.from(
        { length: side },
        (_, at) => 200 * brightness + 50 * noise(line * side + at, salt),
      ),
    ]),
  );
  const header = Buffer.from([0, 0, 0, side, 0, 0, 0, side, 8, 0, 0, 0, 0]);
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return Buffer.concat([
    start,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(lines))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A tenth of a second of a tone, as a sound file. */
export function tone(hertz: number, salt: number): Buffer {
  const [rate, count] = [8000, 800];
  const head = Buffer.from("RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0", "latin1");
  head.writeUInt32LE(36 + 2 * count, 4);
  const form = Buffer.alloc(20);
  form.writeUInt32LE(rate, 0);
  form.writeUInt32LE(2 * rate, 4);
  form.writeUInt16LE(2, 8);
  form.writeUInt16LE(16, 10);
  form.write("data", 12);
  form.writeUInt32LE(2 * count, 16);
  const samples = Buffer.alloc(2 * count);
  for (let at = 0; at < count; at += 1)
    samples.writeInt16LE(
      Math.round(12_000 * Math.sin((2 * Math.PI * hertz * at) / rate) + 2000 * noise(at, salt)),
      2 * at,
    );
  return Buffer.concat([head, form, samples]);
}
