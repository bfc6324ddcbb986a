import type { Block, Feature } from "../recipe/block.ts";
import type { Facts } from "../recipe/facts.ts";
import { FILE, type Media } from "../recipe/media.ts";
import { indent, pyString } from "../recipe/python.ts";
import { featureBlock } from "./feature-block.ts";

/** A feature that tells numbers of what was opened of a row's file. */
const measured =
  (one: string) =>
  (name: string, words: string, body: string): Feature => ({
    name,
    words,
    body: () => `
def measured(${one}):
${indent(body)}

return described(measured, fit), described(measured, other)`,
  });

/** Such a feature of a `sound`, or of a `picture`: the body of a Python function. */
export const heard = measured("sound");
export const seen = measured("picture");

interface MediaBlockSpec {
  name: string;
  features: readonly Feature[];
  initial(facts: Facts): readonly string[];
  /** Python of `opened(path)`: what is kept of a file. */
  open(facts: Facts): string;
}

/** A block of features of the rows' files, each of which is opened once for a whole script. */
export const mediaBlock = (
  kind: Media["kind"],
  { name, features, initial, open }: MediaBlockSpec,
): Block =>
  featureBlock({
    name,
    features,
    initial,
    applies: ({ media }) => media?.kind === kind,
    preamble: (facts) => `${open(facts)}


def tried(path):
    """What was opened; nothing where the file cannot be read."""
    try:
        return opened(path)
    except Exception as problem:
        print(f"{path} cannot be read: {problem}")


with ThreadPoolExecutor(CPUS) as pool:
    OPENED = list(pool.map(tried, FILES))
KNOWN = {}


def described(measured, rows):
    """What is measured of each row's file, once for the whole script; gaps where there is none."""
    name = measured.__qualname__
    if name not in KNOWN:
        told = [None if one is None else np.asarray(measured(one), dtype=np.float32) for one in OPENED]
        gap = np.full_like(next(each for each in told if each is not None), np.nan)
        KNOWN[name] = np.stack([*(gap if each is None else each for each in told), gap])
    return KNOWN[name][rows[${pyString(FILE)}].to_numpy()]`,
  });
