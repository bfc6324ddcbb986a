import type { Workbench } from "../../core/task.ts";

type Package = Workbench["packages"][number];

/** Distributions whose import name is another than their own; the first that is installed counts. */
const DISTRIBUTIONS: Record<string, readonly string[]> = {
  sklearn: ["scikit-learn"],
  skimage: ["scikit-image"],
  cv2: ["opencv-python-headless", "opencv-python"],
  PIL: ["pillow"],
  yaml: ["pyyaml"],
  bs4: ["beautifulsoup4"],
  xgboost: ["xgboost", "xgboost-cpu"],
  faiss: ["faiss-cpu", "faiss-gpu"],
  dateutil: ["python-dateutil"],
  imblearn: ["imbalanced-learn"],
  umap: ["umap-learn"],
};
/** What a script uses without importing it: pandas changes its results with pyarrow there. */
const COMPANIONS: Record<string, readonly string[]> = { pandas: ["pyarrow", "openpyxl"] };

const IMPORT = /^[ \t]*(?:import[ \t]+([^\n#]+)|from[ \t]+([\w.]+)[ \t]+import\b)/gm;

/** The installed packages that a script imports, with what these use silently; sorted by name. */
export function packagesOf(script: string, installed: readonly Package[]): Package[] {
  const known = new Map(installed.map((one) => [normalized(one.name), one]));
  const found = importedModules(script).flatMap((module) => {
    const names = DISTRIBUTIONS[module] ?? [module];
    const own = names.find((name) => known.has(normalized(name))) ?? "";
    return [own, ...(COMPANIONS[module] ?? [])].flatMap(
      (name) => known.get(normalized(name)) ?? [],
    );
  });
  return [...new Set(found)].toSorted((a, b) => a.name.localeCompare(b.name));
}

const importedModules = (script: string): string[] =>
  [...script.matchAll(IMPORT)]
    .flatMap(([, list = "", from]) => from ?? list.split(","))
    .map((text) => text.trim().split(/[.\s]/)[0] ?? "");

/** Names of Python packages are the same whatever their case and separators. */
const normalized = (name: string) => name.toLowerCase().replace(/[-_.]+/g, "-");
