/**
 * Loaded before the program (`node --import`): ends the process by SIGKILL at a chosen write, before it, after it or with
 * half of it done. `KILL_AT_WRITE` counts writes from 1; `KILL_HOW` is before, half or after.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const at = Number(process.env["KILL_AT_WRITE"]);
const how = process.env["KILL_HOW"];
let count = 0;

const die = () => process.kill(process.pid, "SIGKILL");

function deadly<Arguments extends unknown[], Result>(
  write: (...values: Arguments) => Result,
  halve?: (...values: Arguments) => void,
): (...values: Arguments) => Result {
  return (...values) => {
    count += 1;
    if (count !== at) return write(...values);
    if (how === "before") die();
    if (how === "half") {
      halve?.(...values);
      die();
    }
    const result = write(...values);
    die();
    return result;
  };
}

const half = (data: unknown) => (typeof data === "string" ? data.slice(0, data.length / 2) : "");
const { appendFileSync, writeFileSync, writeSync, renameSync, symlinkSync, copyFileSync, rmSync } =
  fs;
/** An event's line: the first bytes of it, and no more. */
const tornLine = (file: number, bytes: NodeJS.ArrayBufferView) =>
  writeSync(file, bytes, 0, Math.floor(bytes.byteLength / 2));

Object.assign(fs, {
  appendFileSync: deadly(appendFileSync, (path, data) => appendFileSync(path, half(data))),
  writeFileSync: deadly(writeFileSync, (path, data) => writeFileSync(path, half(data))),
  writeSync: deadly<[number, NodeJS.ArrayBufferView, number?], number>(writeSync, tornLine),
  renameSync: deadly(renameSync),
  symlinkSync: deadly(symlinkSync),
  copyFileSync: deadly(copyFileSync),
  rmSync: deadly(rmSync),
});
syncBuiltinESMExports();
