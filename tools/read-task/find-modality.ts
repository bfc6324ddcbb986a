import type { Modality, Table } from "../../src/core/task.ts";
import { isIdentifier } from "./find-targets.ts";
import type { FolderFile } from "./list-folder.ts";

const IMAGES = new Set("jpg jpeg png gif bmp tif tiff webp dcm dicom".split(" "));
const SOUNDS = new Set("wav mp3 flac ogg aif aiff m4a opus".split(" "));
const ARCHIVES = new Set("zip 7z tar tgz rar bz2 xz".split(" "));
/** Fewer pictures than this illustrate the description. */
const FEWEST_MEDIA_FILES = 8;

export const extensionOf = (path: string): string =>
  /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";

export const isArchive = (path: string): boolean => ARCHIVES.has(extensionOf(path));

/** What kind of data the task is about, from its files and the columns that explain the target; null when unclear. */
export function findModality(
  files: readonly FolderFile[],
  train: Table | null,
  explained: readonly string[],
): Modality | null {
  const images = files.filter(({ path }) => IMAGES.has(extensionOf(path))).length;
  const sounds = files.filter(({ path }) => SOUNDS.has(extensionOf(path))).length;
  if (Math.max(images, sounds) >= FEWEST_MEDIA_FILES) return images >= sounds ? "image" : "audio";
  const features = (train?.columns ?? []).filter(
    ({ name, kind }) => !explained.includes(name) && kind !== "empty",
  );
  if (features.length === 0) return null;
  const texts = features.filter(({ kind }) => kind === "text");
  const others = features.filter(
    (column) => column.kind !== "text" && !isIdentifier(column, train?.rows ?? 0),
  );
  return texts.length > others.length ? "text" : "tabular";
}
