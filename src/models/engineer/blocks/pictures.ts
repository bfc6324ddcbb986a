import type { Feature } from "../recipe/block.ts";
import { mediaBlock, seen } from "./media-block.ts";

const edges: Feature = seen(
  "edges",
  "Describe where edges run and in which direction: histograms of gradients in a coarse grid.",
  "return gradients(picture, cells=4, turns=12)",
);

const fineEdges: Feature = seen(
  "fine-edges",
  "Look at edges in a finer grid, too: small parts of a picture may decide.",
  "return gradients(picture, cells=6, turns=9)",
);

const colours: Feature = seen(
  "colours",
  "Describe the colours: means, spreads and histograms of hue, saturation and brightness, and the picture's form.",
  `hsv = np.asarray(Image.fromarray(picture["pixels"]).convert("HSV"))
counts = [np.histogram(hsv[..., part], 12, (0, 256))[0] / hsv[..., 0].size for part in range(3)]
mean, spread = (getattr(picture["pixels"], each)(axis=(0, 1)) / 255 for each in ("mean", "std"))
return np.concatenate([mean, spread, *counts, np.log(picture["size"])])`,
);

const patches: Feature = seen(
  "patches",
  "Use the pixels themselves, eight by eight of them.",
  `side = SIDE // 8
return picture["pixels"].reshape(8, side, 8, side, 3).mean(axis=(1, 3)).ravel() / 255`,
);

const components: Feature = {
  name: "components",
  words: "Use the main components of the pixels, sixteen by sixteen of them.",
  body: () => `
def measured(picture):
    side = SIDE // 16
    return picture["pixels"].reshape(16, side, 16, side, 3).mean(axis=(1, 3)).ravel() / 255

pixels, pixels_other = (np.nan_to_num(described(measured, rows)) for rows in (fit, other))
main = PCA(min(60, *pixels.shape), random_state=SEED).fit(pixels)
return main.transform(pixels), main.transform(pixels_other)`,
};

/** What can be made of pictures. */
export const pictures = mediaBlock("image", {
  name: "Pictures",
  features: [edges, colours, fineEdges, components, patches],
  initial: () => ["edges", "colours"],
  open: () => `from PIL import Image

SIDE = 32


def opened(path):
    """A picture in few pixels, and its size."""
    with Image.open(path) as image:
        size = image.size
        image.draft("RGB", (2 * SIDE, 2 * SIDE))
        if image.mode.startswith(("I", "F")):
            values = np.asarray(image, dtype=float)
            image = Image.fromarray((255 * (values - values.min()) / (np.ptp(values) + 1e-9)).astype(np.uint8))
        return {"pixels": np.asarray(image.convert("RGB").resize((SIDE, SIDE), Image.BOX)), "size": size}


def gradients(picture, cells, turns):
    """How strongly edges run in each direction in each cell, relative to the cells around."""
    pixels = uniform_filter(picture["pixels"] / 255, (3, 3, 1))
    down, right = np.gradient(pixels, axis=(0, 1))
    strength = np.hypot(down, right)
    colour = strength.argmax(axis=2)[..., None]
    down, right, strength = (np.take_along_axis(each, colour, 2)[..., 0] for each in (down, right, strength))
    turn = np.arctan2(down, right) / np.pi % 1 * turns
    before, share = turn.astype(int), turn % 1
    part = np.arange(SIDE) * cells // SIDE
    bins = (part[:, None] * cells + part) * turns
    grid = sum(
        np.bincount((bins + side % turns).ravel(), part.ravel(), cells * cells * turns)
        for side, part in ((before, strength * (1 - share)), (before + 1, strength * share))
    ).reshape(cells, cells, turns)
    around = np.concatenate([grid[:-1, :-1], grid[1:, :-1], grid[:-1, 1:], grid[1:, 1:]], axis=2)
    return np.minimum(around / np.sqrt((around**2).sum(axis=2, keepdims=True) + 1e-3), 0.3).ravel()`,
});
