import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { foreignFiles } from "../../../src/run/foreign-files.ts";
import { dataHome } from "../../../tools/environments/data-home.ts";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { openTaskFolder } from "../../../tools/read-task/task-folder.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../../support/science-python.ts";
import { zip } from "../../support/zip-archive.ts";
import { makeFolder, rentTask } from "../read-task/make-folder.ts";

const python = sciencePython("pandas");
const PATIENCE_MS = 300_000;
const convert = foreignFiles({
  python,
  environment: { ...process.env, MLE_STAR_HOME: dataHome() },
});

const table = "id,x\n1,2\n";

test.skipIf(python === null)(
  `packed tables, and those in other encodings, are read under their own names (${NO_SCIENCE_PYTHON})`,
  async () => {
    const [train, sample] = [rentTask["train.csv"], rentTask["sample_submission.csv"]];
    const given = makeFolder({
      "task.md": rentTask["task.md"],
      "train.csv.zip": zip({ name: "data/whatever.csv", text: train }),
      "test.csv.gz": gzipSync(rentTask["test.csv"]),
      "more.zip": zip(
        { name: "in/sample_submission.csv", text: sample },
        { name: "in/streets.tsv", text: "city\tstreets\nUlm\t3\n" },
        { name: "in/test_labels.csv", text: "id,rent\n5,1\n" },
        { name: "__MACOSX/in/._streets.tsv", text: "x" },
        { name: "in/notes.txt", text: "x" },
      ),
      "z.zip": zip({ name: "train.csv", text: train }, { name: "streets.tsv", text: "a\tb\n" }),
      "rooms.zip": zip({ name: "pictures/1.png", text: "no table" }),
      "west.csv": Buffer.from("city,café\nMünchen,1\nKöln,2\n", "latin1"),
      "wide.csv": Buffer.from("\ufeffcity,name\nUlm,Ω\n", "utf16le"),
      // "Москва, Казань" in Windows-1251.
      "east.csv": Buffer.from("636974790acceef1eae2e00acae0e7e0edfc0a", "hex"),
    });
    const { folder, files, draft, withheld } = await readTask(given, { convert });
    const textOf = (name: string) => readFileSync(join(folder, name), "utf8");
    expect(files).toEqual([
      ...["rooms.zip", "sample_submission.csv", "streets.tsv", "task.md"],
      ...["test.csv", "train.csv", "west.csv", "wide.csv"],
    ]);
    expect(textOf("train.csv")).toBe(train);
    expect(textOf("west.csv")).toBe("city,café\nMünchen,1\nKöln,2\n");
    expect(textOf("wide.csv")).toMatch(/^\ufeff?city,name\nUlm,Ω\n$/);
    expect(files).not.toContain("east.csv");
    expect(draft.targets.map(({ name }) => name)).toEqual(["rent"]);
    const LEFT = "in it left out: there is a file of that name, or it seems to hold answers";
    expect(withheld.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      "east.csv: cannot be read: it is not in UTF-8; name what it is in in task.yaml, such as encoding: cp1251; save it as CSV",
      `more.zip: read as sample_submission.csv, streets.tsv; test_labels.csv ${LEFT}; 1 other files in it are not read: unpack it where they matter`,
      "test.csv.gz: read as test.csv",
      "train.csv.zip: read as train.csv",
      "west.csv: read as west.csv; it was written in cp1252",
      "wide.csv: read as wide.csv; it was written in utf-16",
      `z.zip: not read; train.csv, streets.tsv ${LEFT}`,
    ]);
  },
  PATIENCE_MS,
);

test.skipIf(python === null)(
  `an encoding that a person names is taken, where it fits (${NO_SCIENCE_PYTHON})`,
  async () => {
    const given = makeFolder({
      ...rentTask,
      "task.yaml": "encoding: cp1251",
      "east.csv": Buffer.from("636974790acceef1eae2e00acae0e7e0edfc0a", "hex"),
    });
    const { folder } = await readTask(given, { convert });
    expect(readFileSync(join(folder, "east.csv"), "utf8")).toBe("city\nМосква\nКазань\n");
    writeFileSync(join(given, "task.yaml"), "encoding: ascii");
    const { withheld } = await readTask(given, { convert });
    expect(withheld.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^cannot be read: it is not in ascii, as task\.yaml says/),
    ]);
  },
  PATIENCE_MS,
);

test.skipIf(python === null)(
  `an archive that was made to do harm ends as a sentence (${NO_SCIENCE_PYTHON})`,
  async () => {
    const sound = zip({ name: "a.csv", text: table });
    const bomb = gzipSync("x".repeat(2 ** 23));
    const given = makeFolder({
      "a.zip": zip({ name: "a.csv", text: table, flags: 1 }),
      "b.zip": zip({ name: "a.csv", text: table, method: 99 }),
      "c.zip": zip({ name: "a.csv", text: table, says: 2 ** 31 }),
      "d.zip": zip({ name: "a.csv", text: table, says: 3 }),
      "e.zip": zip({ name: "../../../e/passwd.csv", text: table }),
      "f.zip": sound.subarray(0, 60),
      "g.zip": zip({ name: "/etc/hosts.csv", text: table }, { name: "..csv", text: table }),
      "h.csv.gz": Buffer.concat(Array(40).fill(bomb)),
      "i.csv.gz": "no gzip",
      "j.csv": Buffer.from([0x61, 0x0a, 0xff, 0x00, 0xfe, 0xfd, 0x0a]),
    });
    const { files, passed } = await convert(openTaskFolder(given), null);
    const reasons = Object.fromEntries(passed.map(({ path, reason }) => [path, reason]));
    expect(reasons).toEqual({
      "a.zip": expect.stringMatching(/it is protected by a password/),
      "b.zip": expect.stringMatching(/it is not whole, or not what its name says/),
      "c.zip": "read as c.csv",
      "d.zip": expect.stringMatching(/^cannot be read/),
      "f.zip": expect.stringMatching(/^cannot be read/),
      "g.zip": "read as g.csv",
      "h.csv.gz": expect.stringMatching(/it unpacks to far more than a table would/),
      "i.csv.gz": expect.stringMatching(/it is not whole, or not what its name says/),
    });
    expect(files.map(({ path }) => path)).toEqual(["c.csv", "e.zip", "g.csv", "j.csv"]);
  },
  PATIENCE_MS,
);
