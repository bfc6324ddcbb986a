import { capLines, counted, countOf, fileSize } from "./figures.ts";
import { extensionOf, isArchive } from "./find-modality.ts";
import type { FolderFile } from "./list-folder.ts";

/** More files or folders than this in one place are summarised by the kinds of file they hold. */
const MOST_LISTED = 12;

/** One line per file, or per folder and extension where there are many; archives are named as such. */
export function describeFiles(files: readonly FolderFile[], mostCharacters: number): string {
  const [direct, nested] = [
    files.filter(({ path }) => !path.includes("/")),
    files.filter(({ path }) => path.includes("/")),
  ];
  const many = new Set(nested.map(folderOf)).size > MOST_LISTED;
  const placeOf = (file: FolderFile) =>
    many ? (folderOf(file).split("/")[0] ?? "") : folderOf(file);
  const places = Map.groupBy([...direct, ...nested], placeOf);
  const lines = [...places].flatMap(([place, inside]) => {
    if (inside.length <= MOST_LISTED) return inside.map(listed);
    const kinds = Map.groupBy(inside, ({ path }) => extensionOf(path));
    return [...kinds].map(([extension, alike]) => summarised(place, extension, alike));
  });
  return capLines(lines, mostCharacters);
}

const folderOf = ({ path }: FolderFile): string => path.split("/").slice(0, -1).join("/");

const listed = ({ path, bytes }: FolderFile): string =>
  `- ${path}: ${fileSize(bytes)}${isArchive(path) ? ", an archive, not unpacked: scripts must read it as it is" : ""}`;

function summarised(place: string, extension: string, alike: readonly FolderFile[]): string {
  const [first] = alike;
  if (first === undefined || alike.length === 1) return alike.map(listed).join();
  const bytes = alike.reduce((sum, file) => sum + file.bytes, 0);
  const folders = new Set(alike.map(folderOf)).size;
  const where =
    place === "" ? "" : `${place}/${folders > 1 ? ` (${counted(folders)} folders)` : ""}: `;
  const kind = extension === "" ? "file" : `.${extension} file`;
  return `- ${where}${countOf(alike.length, kind)}, ${fileSize(bytes)}, such as ${first.path}`;
}
