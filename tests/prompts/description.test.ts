import { describe, expect, test } from "vitest";
import { cleaned, goalOf } from "../../prompts/description.ts";

const competition = `## Description

### Overview

Each year thousands of trams run late. In this competition, you are challenged to predict by how many seconds each tram is late.

We thank the city for the data.

## Evaluation

Submissions are evaluated by the mean absolute error between the predicted and the observed delay.

### Submission File

\`\`\`
# Prizes
id,delay
1,0
\`\`\`

## Timeline

- March 1 - start.
- May 31 - final submission deadline.

All deadlines are at 11:59 PM UTC.

## Prizes

1st place: $10,000

### Efficiency

The quickest win a hat.

## Code Requirements

CPU notebook at most 9 hours.

## Citation

A. Author. Tram delays: predicting lateness. 2021.

# Dataset Description

- **train.csv** - the training set

## Licence

CC BY 4.0

## Columns

- id - the trip`;

describe("the description shown to agents", () => {
  const text = cleaned(competition);

  test.each(["Timeline", "May 31", "11:59", "$10,000", "hat", "A. Author", "CC BY"])(
    "has no %s",
    (gone) => expect(text).not.toContain(gone),
  );

  test.each([
    ...["mean absolute error", "# Prizes\nid,delay", "Code Requirements", "train.csv"],
    ...["- id - the trip", "predict by how many seconds"],
  ])("still has %j", (kept) => expect(text).toContain(kept));

  test.each([
    "# Chess\nPredict the winner.\n\n## Rules\nWhite moves first; each row is a move.",
    "# Sales\nForecast sales.\n\n## Dates\nTrain covers 2013 to 2015, and the test set 2016.",
    "# Prizes\nPredict who wins.\n\n## Data\n`prizes.csv` lists prizes.",
    "# Loans\nThe licence of each bank matters; citations too. Prizes are rare.",
    "# Wine\n\n**Rules**\n\nPredict the quality.\n\nColumns: acid, sugar.",
    "Prizes\n\nPredict the price of a prize. Metric: RMSE.",
  ])("keeps what defines the task, whatever it is called: %j", (description) => {
    expect(cleaned(description)).toBe(description);
  });

  test("a section below one that is left out stays when it defines something", () => {
    const text = cleaned(
      "Predict y.\n# Prizes\nGold.\n## Evaluation\nThe metric is AUC.\n## More gold\nHats.",
    );
    expect(text).toBe("Predict y.\n## Evaluation\nThe metric is AUC.");
  });

  test("headings are known however they are marked", () => {
    const text = cleaned(
      "Task\n====\nPredict y.\n\nPrizes\n------\nGold.\n\n<h2>License</h2>\nMIT\n\n<h2>Data</h2>\na.csv\n\n**Timeline**\n\nMay.",
    );
    expect(text).not.toMatch(/Gold|MIT|May/);
    expect(text).toMatch(/Predict y[\s\S]*a\.csv/);
  });
});

test.each([
  [
    competition,
    "In this competition, you are challenged to predict by how many seconds each tram is late.",
  ],
  [
    "# Bike Sharing Demand\nForecast hourly bike rentals (`count`). Train = day 1-19.",
    "Forecast hourly bike rentals (`count`).",
  ],
  [
    "# Task\n\nPredict the median_house_value.\n\n# Metric\n\nRMSE",
    "Predict the median_house_value.",
  ],
  [
    "# Digits\ntrain/ and test/ hold WAV files of one spoken digit each. Metric: accuracy.",
    "train/ and test/ hold WAV files of one spoken digit each.",
  ],
  [
    "Spam is a nuisance.\n\nYour task is to tell spam from ham.\n\n- Predict well.",
    "Your task is to tell spam from ham.",
  ],
  ["# Only a heading", "Only a heading"],
])("the goal is the sentence that states the task: %#", (description, goal) => {
  expect(goalOf(description)).toBe(goal);
});
