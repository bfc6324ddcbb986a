import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { foreignFiles } from "../../src/run/foreign-files.ts";
import { dataHome } from "../../tools/environments/data-home.ts";
import { readTask } from "../../tools/read-task/read-task.ts";
import { openTaskFolder } from "../../tools/read-task/task-folder.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../support/science-python.ts";
import { makeFolder } from "../tools/read-task/make-folder.ts";

const python = sciencePython("pandas, pyarrow");
const MAKE = join(import.meta.dirname, "../tools/convert-files/make_files.py");

function folderOf(...kinds: readonly ("workbook" | "sound" | "hostile")[]): string {
  const folder = makeFolder({ "task.md": "Predict the `rent`. Metric: RMSE." });
  for (const kind of kinds) execFileSync(python ?? "", [MAKE, kind], { cwd: folder });
  return folder;
}

const convert = foreignFiles({
  python,
  environment: { ...process.env, MLE_STAR_HOME: dataHome() },
});

test.skipIf(python === null)(
  `tables of Excel, Parquet, SQLite and packed files are read as CSV (${NO_SCIENCE_PYTHON})`,
  async () => {
    const given = folderOf("workbook", "sound");
    const { folder, source, files, draft, withheld } = await readTask(given, { convert });
    expect(source).toBe(given);
    expect(files).toEqual([
      ...["cars.csv", "dogs.csv", "rents-sample_submission.csv", "rents-test.csv"],
      ...["rents-train.csv", "rooms.csv", "task.md", "town-parks.csv", "town-streets_ all.csv"],
    ]);
    const textOf = (name: string) => readFileSync(join(folder, name), "utf8");
    expect(textOf("rents-train.csv")).toBe(
      "id,day,at,area,rent\n1,2024-01-31,2024-01-31 08:30:00,40.5,500\n2,2024-02-01,2024-02-01 00:00:00,,720\n",
    );
    expect(textOf("rooms.csv")).toBe(
      'id,day,word,list\n1,2024-01-01,"a,b",[1]\n2,2024-01-02,,[2]\n',
    );
    expect(textOf("town-streets_ all.csv")).toBe('id,name,picture\n1,"Am ""Wall""\n2",\n');
    expect(textOf("dogs.csv")).toBe("id,dogs\n1,3\n");
    expect(draft.targets.map(({ name }) => name)).toEqual(["rent"]);
    expect(withheld.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      "cars.csv.bz2: read as cars.csv",
      "dogs.csv.zst: read as dogs.csv",
      'rents.xlsx: read as rents-train.csv, rents-test.csv, rents-sample_submission.csv; the sheet "answers" is hidden and was left out',
      "rooms.parquet: read as rooms.csv",
      'town.sqlite: read as town-streets_ all.csv, town-parks.csv; "v" is no plain table and was left out',
    ]);
  },
);

test.skipIf(python === null)(
  `a file that was made to do harm ends as a sentence (${NO_SCIENCE_PYTHON})`,
  async () => {
    const { passed, files, folder } = await convert(openTaskFolder(folderOf("hostile")), null);
    const reasons = Object.fromEntries(passed.map(({ path, reason }) => [path, reason]));
    expect(reasons).toEqual({
      "bomb.xlsx": expect.stringMatching(
        /^cannot be read: it unpacks to far more than a table would; save/,
      ),
      "broken.parquet": expect.stringMatching(/^cannot be read: it is not whole, or not what/),
      "formula.xlsx": "read as formula.csv",
      "half.sqlite": expect.stringMatching(/^cannot be read: it is not whole, or not what/),
      "huge.xlsx": expect.stringMatching(/^cannot be read: .*(?:memory|not whole)/),
      "laughs.xlsx": expect.stringMatching(/^(?:cannot be read: it |read as )/),
      "locked.xlsx": "cannot be read: it is protected by a password; save it as CSV",
      "zeros.csv.zst": expect.stringMatching(/it unpacks to far more than a table would/),
    });
    expect(files.some(({ path }) => path === "other.db")).toBe(true);
    expect(readFileSync(join(folder, "formula.csv"), "utf8")).toBe(
      "id,call\n1,5\n2,=cmd|' /C calc'!A0\n",
    );
  },
);
