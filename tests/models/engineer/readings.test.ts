import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { momentWritten } from "../../../src/core/words/written-date.ts";
import { numberWritten } from "../../../src/core/words/written-number.ts";
import { readings } from "../../../src/models/engineer/script/readings.ts";
import { understandColumn } from "../../../tools/read-task/cells/understand-column.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../../support/science-python.ts";

const python = sciencePython("numpy, pandas");
const many = (of: (at: number) => string) => Array.from({ length: 40 }, (_, at) => of(at));

/** Cells by the name of their column. */
const COLUMNS: Record<string, string[]> = {
  price: ["$1,234.50", "$950", "-$12.25", "(1,200)", "≈ $7"],
  betrag: ["1.234,50 €", "950,00 €", "12 €", "0,5 €"],
  weight: ["12 kg", "500 g", "8kg", "1.5 KG", "7"],
  height: ["5 ft 11 in", "6 ft 2 in", "5'10\""],
  worth: ["3.5k", "800", "1.2M", "2e3"],
  share: ["12 %", "7.5%", "< 100 %"],
  rank: ["1st", "2nd", "13th"],
  goods: ["12 kg", "5 pcs", "7 kg", "3 pcs"],
  size: [...many((at) => `${at}`), "few", "?", "10 or 11"],
  franc: ["CHF 1'250.00", "CHF 80.50", "CHF\u00a01\u2019000.00"],
  clock: ["14:30", "2:15 pm", "08:00:36"],
  agreed: ["Yes", "no", "Y", "N", "-"],
  age: ["-999", "-999", "-999", "3", "40"],
  town: ["?", "Ulm", "Bonn", "Ulm"],
  day: ["31/12/2024", "01/02/2024", "0000-00-00"],
  month: ["12/31/24", "01/02/99", "7/4/2001 5:06 PM"],
  mixed: [
    "2024-01-31",
    "31.01.2024",
    "Feb 1, 2024",
    "1st of March 2024",
    "2024Q3",
    "Wed, 31 Jan 2024 10:00:00 +0100",
  ],
  zoned: [
    "2024-01-31T10:00:00Z",
    "2024-01-31T10:00:00.25+02:00",
    "2024-01-31 10:00 EST",
    "2024-01-31 10",
  ],
  digits: ["20240131", "20240201", "20240202", "20240203", "20231231"],
  created_at: ["1706700000", "1706786400"],
  date: ["45322", "45323", "45324.5", "45325", "45330"],
};

const columns = Object.entries(COLUMNS).map(([name, cells]) => {
  const texts = [...Map.groupBy(cells, (cell) => cell)].map(
    ([text, same]) => [text, same.length] as const,
  );
  const { kind, reading } = understandColumn({ name, texts, delimiter: "," });
  const statistics = {
    integer: false,
    missing: 0,
    distinct: cells.length,
    examples: [],
    min: null,
    max: null,
    meanLength: 5,
  };
  return { name, kind: kind ?? ("category" as const), ...statistics, ...(reading && { reading }) };
});

/** A cell as the program itself reads it. */
function told(name: string, cell: string): unknown {
  const reading = columns.find((column) => column.name === name)?.reading;
  const { written = null, missing = [] } = reading ?? {};
  if (missing.includes(cell)) return null;
  if (written === null) return name === "age" ? Number(cell) : cell;
  if (written.as === "flag") return written.yes.includes(cell.toLowerCase()) ? "yes" : "no";
  const value =
    written.as === "number" ? numberWritten(cell, written) : momentWritten(cell, written);
  return Number.isNaN(value) ? null : Number(value.toPrecision(12));
}

test.skipIf(python === null)(
  `scripts read cells as the program does (${NO_SCIENCE_PYTHON})`,
  () => {
    const script = `import json, re, sys
import numpy as np
import pandas as pd
given = json.load(sys.stdin)
length = max(len(cells) for cells in given.values())
train = pd.DataFrame({name: pd.Series(cells, dtype=str) for name, cells in given.items()})
train["age"] = train["age"].astype(float)
test = train.copy()
${readings(columns)}

def plain(cell):
    if pd.isna(cell):
        return None
    if isinstance(cell, pd.Timestamp):
        cell = cell.value / 1e6
    return cell if isinstance(cell, str) else float(f"{cell:.12g}")

print(json.dumps({name: [plain(cell) for cell in test[name]] for name in test}))`;
    const output = execFileSync(python ?? "", ["-c", script], {
      input: JSON.stringify(COLUMNS),
      encoding: "utf8",
    });
    const lines = output.trim().split("\n");
    const read: Record<string, unknown[]> = JSON.parse(lines.at(-1) ?? "");
    for (const [name, cells] of Object.entries(COLUMNS)) {
      expect([name, read[name]?.slice(0, cells.length)]).toEqual([
        name,
        cells.map((cell) => told(name, cell)),
      ]);
      expect(columns.find((column) => column.name === name)?.reading, name).toBeDefined();
    }
    expect(read["goods (unit)"]?.slice(0, 4)).toEqual(["kg", "pcs", "kg", "pcs"]);
    expect(read["size (words)"]?.filter((word) => word !== null)).toEqual(["few", "10 or 11"]);
    expect(lines.filter((line) => line.startsWith("size: "))).toEqual([
      "size: 2 of 43 cells do not have the column's form",
      "size: 2 of 43 cells do not have the column's form",
    ]);
  },
);
