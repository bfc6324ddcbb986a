import { weightVariables } from "./weights.ts";

export interface ScriptConditions {
  cpus: number;
  /** The one device that the script may use; null hides all. */
  gpu: string | null;
  seed: number;
  seconds: number;
  /** Cap on training rows; null lifts it. */
  maxTrainRows: number | null;
  /** A folder of pretrained weights. */
  weights?: string | null | undefined;
}

const THREAD_VARIABLES = [
  "OMP_NUM_THREADS",
  // Scripts ask for all cores all the time (`n_jobs=-1`): only this one restrains them.
  "OMP_THREAD_LIMIT",
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "NUMEXPR_MAX_THREADS",
  "POLARS_MAX_THREADS",
  "RAYON_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
  "NUMBA_NUM_THREADS",
  "LOKY_MAX_CPU_COUNT",
  "MLE_STAR_CPUS",
];

const SEEDS_OF_HASHES = 2 ** 32;

/** All the environment that a script gets, besides its home: nothing of ours, no keys. */
export function scriptEnvironment(conditions: ScriptConditions): Record<string, string> {
  const { cpus, gpu, seed, seconds, maxTrainRows, weights } = conditions;
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LANG: "C.UTF-8",
    PYTHONUTF8: "1",
    PYTHONIOENCODING: "utf-8:backslashreplace",
    PYTHONNOUSERSITE: "1",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONHASHSEED: String(seed % SEEDS_OF_HASHES),
    MPLBACKEND: "Agg",
    TOKENIZERS_PARALLELISM: "false",
    HF_HUB_OFFLINE: "1",
    CUDA_DEVICE_ORDER: "PCI_BUS_ID",
    CUDA_VISIBLE_DEVICES: gpu ?? "",
    OMP_WAIT_POLICY: "PASSIVE",
    ...Object.fromEntries(THREAD_VARIABLES.map((name) => [name, String(cpus)])),
    MLE_STAR_SEED: String(seed),
    MLE_STAR_TIME_LIMIT_S: String(seconds),
    ...(weights ? weightVariables(weights) : {}),
    ...(maxTrainRows === null ? {} : { MLE_STAR_MAX_TRAIN_ROWS: String(maxTrainRows) }),
  };
}
