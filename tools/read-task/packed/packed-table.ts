import { existsSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../../../src/core/errors.ts";
import { type ZipMember, zipMembers } from "./zip-file.ts";

const isTable = (path: string): boolean => /\.(?:csv|tsv)$/i.test(path);
const isArchive = (path: string): boolean => /\.zip$/i.test(path);

export const isPackedTable = (path: string): boolean =>
  isArchive(path) || /\.(?:csv|tsv)\.gz$/i.test(path);

/** The table in an archive of one; what holds anything else is no table. */
export function onlyTable(path: string): ZipMember {
  const [only, more] = zipMembers(path);
  if (only !== undefined && more === undefined && isTable(only.path)) return only;
  throw new SettingsError(`${path} is no archive of a single table; unpack it`);
}

/** What a packed table is called once it is unpacked, as scripts find it; any other file by its name, and one that lies unpacked beside it. */
export function plainName(folder: string, path: string): string {
  if (!isPackedTable(path)) return path;
  const bare = path.replace(/\.(?:gz|zip)$/i, "");
  if (isTable(bare)) return existsSync(join(folder, bare)) ? path : bare;
  const [only, more] = zipMembers(join(folder, path));
  if (only === undefined || more !== undefined || !isTable(only.path)) return path;
  const plain = `${bare}${only.path.slice(-4).toLowerCase()}`;
  return existsSync(join(folder, plain)) ? path : plain;
}

/** Where the table of this name lies in the folder, packed or not. */
export function packedName(folder: string, path: string): string {
  const packed = [".gz", ".zip"].map((end) => `${path}${end}`);
  const names = [path, ...packed, path.replace(/\.\w+$/, ".zip")];
  return names.find((name) => existsSync(join(folder, name))) ?? path;
}
