import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { foreignFiles } from "../../../src/run/foreign-files.ts";
import { dataHome } from "../../../tools/environments/data-home.ts";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../../support/science-python.ts";
import { makeFolder } from "../read-task/make-folder.ts";

const python = sciencePython("pandas");
const MAKE = join(import.meta.dirname, "make_files.py");
const PATIENCE_MS = 300_000;

const convert = foreignFiles({
  python,
  environment: { ...process.env, MLE_STAR_HOME: dataHome() },
});

test.skipIf(python === null)(
  `a workbook's sheets are the tables of a task, and a hidden sheet is none (${NO_SCIENCE_PYTHON})`,
  async () => {
    const given = makeFolder({ "task.md": "Predict the `rent`. Metric: RMSE." });
    execFileSync(python ?? "", [MAKE, "workbook"], { cwd: given });
    const { folder, source, files, draft, withheld } = await readTask(given, { convert });
    expect(source).toBe(given);
    expect(files).toEqual([
      ...["rents-sample_submission.csv", "rents-test.csv", "rents-train.csv", "task.md"],
    ]);
    expect(readFileSync(join(folder, "rents-train.csv"), "utf8")).toBe(
      "id,day,at,area,rent\n1,2024-01-31,2024-01-31 08:30:00,40.5,500\n2,2024-02-01,2024-02-01 00:00:00,,720\n",
    );
    expect(draft.targets.map(({ name }) => name)).toEqual(["rent"]);
    expect(withheld[0]?.reason).toMatch(
      /^read as .*; the sheet "answers" is hidden and was left out$/,
    );
  },
  PATIENCE_MS,
);
