/** The words of a file or folder name, without its extensions: `sampleSubmission.csv.gz` is sample, submission. */
export function nameWords(path: string): string[] {
  const name = path.split("/").at(-1) ?? path;
  return name
    .replace(/(?<=.)(?:\.[A-Za-z][A-Za-z0-9]{0,6}){1,2}$/, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
