"""Makes tasks beyond tables, with answers, for `mle-star bench`: python bench/made-tasks.py TASKS ANSWERS

shapes: small noisy pictures of six shapes, anywhere, of any size and colour. growing: daily sales of three shops that keep growing.
wide: 5,000 rows of 2,000 columns, of which 45 matter."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image, ImageDraw

TASKS, ANSWERS = Path(sys.argv[1]), Path(sys.argv[2])
SHAPES = ["circle", "cross", "ring", "square", "star", "triangle"]


def write(name, description, train, test, target):
    """A task of two tables; what test lacks is the answer."""
    key = test.columns[0]
    for folder in (TASKS / name, ANSWERS / name):
        folder.mkdir(parents=True, exist_ok=True)
    (TASKS / name / "task.md").write_text(description + "\n")
    train.to_csv(TASKS / name / "train.csv", index=False)
    test.drop(columns=target).to_csv(TASKS / name / "test.csv", index=False)
    test[[key]].assign(**{target: train[target].iloc[0]}).to_csv(TASKS / name / "sample_submission.csv", index=False)
    test[[key, target]].to_csv(ANSWERS / name / "labels.csv", index=False)


def polygon(x, y, radii, count, turn):
    angles = turn + 2 * np.pi * np.arange(count) / count
    reach = np.resize(radii, count)
    return list(zip(x + reach * np.cos(angles), y + reach * np.sin(angles)))


def drawn(shape, random):
    ground = random.integers(0, 256, 3)
    ink = (ground + random.integers(60, 196, 3)) % 256
    image = Image.new("RGB", (96, 96), tuple(ground.tolist()))
    draw, colour = ImageDraw.Draw(image), tuple(ink.tolist())
    radius, turn = random.uniform(16, 34), random.uniform(0, 2 * np.pi)
    x, y = random.uniform(radius, 96 - radius, 2)
    if shape in ("circle", "ring"):
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=colour)
        hole = 0.55 * radius if shape == "ring" else 0
        draw.ellipse([x - hole, y - hole, x + hole, y + hole], fill=tuple(ground.tolist()) if hole else colour)
    elif shape == "cross":
        for bar in (0, np.pi / 2):
            along = radius * np.array([np.cos(turn + bar), np.sin(turn + bar)])
            across = 0.28 * np.array([-along[1], along[0]])
            corners = [a * along + b * across for a, b in ((1, 1), (1, -1), (-1, -1), (-1, 1))]
            draw.polygon([(x + east, y + north) for east, north in corners], fill=colour)
    else:
        count, radii = {"square": (4, [radius]), "triangle": (3, [radius]), "star": (10, [radius, 0.42 * radius])}[shape]
        draw.polygon(polygon(x, y, radii, count, turn), fill=colour)
    pixels = np.asarray(image.resize((48, 48), Image.BILINEAR)) + random.normal(0, 18, (48, 48, 3))
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def shapes(random):
    sides = {}
    for side, count in (("train", 1200), ("test", 600)):
        (TASKS / "shapes" / side).mkdir(parents=True, exist_ok=True)
        rows = pd.DataFrame({"file": [f"{side}_{at:04d}.png" for at in range(count)], "shape": random.choice(SHAPES, count)})
        for name, shape in rows.itertuples(index=False):
            drawn(shape, random).save(TASKS / "shapes" / side / name)
        sides[side] = rows
    write("shapes", "Predict the `shape` that each picture shows. Metric: accuracy.", sides["train"], sides["test"], "shape")


def growing(random):
    days, parts = pd.date_range("2021-01-01", "2023-12-31"), []
    for shop, level, growth in (("north", 40, 0.06), ("south", 80, 0.04), ("west", 20, 0.09)):
        passed = np.arange(len(days))
        promo = (random.random(len(days)) < 0.15).astype(int)
        sales = level + growth * passed + 8 * np.sin(2 * np.pi * passed / 365.25) + 6 * (days.day_of_week >= 5) + 7 * promo
        sales = (sales + random.normal(0, 4, len(days))).round(2)
        parts.append(pd.DataFrame({"date": days.strftime("%Y-%m-%d"), "shop": shop, "promo": promo, "sales": sales}))
    rows = pd.concat(parts).sort_values(["date", "shop"]).reset_index(names="id").assign(id=lambda all_: range(len(all_)))
    known = rows["date"] < "2023-11-06"
    write("growing", "Forecast the daily `sales` of each shop. Metric: RMSE.", rows[known], rows[~known], "sales")


def wide(random):
    X = random.normal(size=(6500, 2000)).round(3)
    level = 2 * X[:, 0] + X[:, 5] * X[:, 7] + 2 * np.sin(2 * X[:, 11]) + X[:, 20:60] @ random.normal(0, 0.3, 40)
    rows = pd.DataFrame(X, columns=[f"gene_{at}" for at in range(2000)])
    rows.insert(0, "id", range(len(rows)))
    rows["level"] = (level + random.normal(size=len(rows))).round(3)
    write("wide", "Predict `level`. Metric: RMSE.", rows[:5000], rows[5000:], "level")


for make in (shapes, growing, wide):
    make(np.random.default_rng(7))
