import { noise, rent, rents, size, type Trait } from "./trait.ts";

const amount = (row: number) => 20 + 5000 * noise(row, 3);
const american = (value: number) =>
  `$${value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
const german = (value: number) =>
  `${value.toLocaleString("de-DE", { minimumFractionDigits: 2, maximumFractionDigits: 2 })} €`;
const isOdd = (row: number) => noise(row, 4) < 0.5;
const some = (row: number, salt: number, of: readonly string[]) =>
  of[Math.floor(noise(row, salt) * of.length)] ?? "";
const often = (row: number) => noise(row, 5) < 0.15;
const whole = (row: number, most: number, salt = 6) => Math.floor(noise(row, salt) * most);

/** Columns as people have them. */
export const COLUMN_TRAITS: readonly Trait[] = [
  {
    trait: "amounts such as `$1,234.50`",
    does: "read as numbers",
    files: rents({ both: { price: (row) => american(amount(row)) } }),
    tells: [/^ {2}read as +price: written as "\$[\d,.]+", in \$, comma for thousands$/m],
  },
  {
    trait: "amounts such as `1.234,50 €`",
    does: "read as numbers, decimals behind the comma",
    files: rents({ both: { price: (row) => german(amount(row)) } }),
    tells: [/^ {2}read as +price: .*in €, comma for decimals, dot for thousands$/m],
  },
  {
    trait: "shares such as `12 %`",
    does: "read as numbers",
    files: rents({ both: { share: (row) => `${whole(row, 100)} %` } }),
    tells: [/^ {2}read as +share: .*in %$/m],
  },
  {
    trait: "`12 kg` beside `800 g`",
    does: "read as numbers of the commoner unit",
    files: rents({
      both: { load: (row) => (often(row) ? `${whole(row, 900)} g` : `${whole(row, 40)} kg`) },
    }),
    tells: [/^ {2}read as +load: .*kg, g read as kg$/m],
  },
  {
    trait: "`12 kg` beside `5 pcs`",
    does: "read as numbers, the unit kept as a category beside them",
    files: rents({ both: { load: (row) => `${whole(row, 40)} ${isOdd(row) ? "kg" : "pcs"}` } }),
    tells: [/^ {2}read as +load: .*not converted, the unit is kept beside the number$/m],
  },
  {
    trait: "`3.5k`, `1.2M`",
    does: "multiplied out",
    files: rents({
      both: {
        followers: (row) =>
          often(row)
            ? `${(1 + noise(row, 7)).toFixed(1)}M`
            : `${(1 + 90 * noise(row, 7)).toFixed(1)}k`,
      },
    }),
    tells: [/^ {2}read as +followers: .*k, m multiplied out$/m],
  },
  {
    trait: "hours such as `14:30`",
    does: "read as hours",
    files: rents({
      both: {
        opens: (row) => `${String(whole(row, 24)).padStart(2, "0")}:${isOdd(row) ? "00" : "30"}`,
      },
    }),
    tells: [/^ {2}read as +opens: .*hours with minutes, read as hours$/m],
  },
  {
    trait: "yes and no in many spellings",
    does: "two values",
    files: rents({
      both: {
        lift: (row) =>
          isOdd(row) ? some(row, 8, ["yes", "Yes", "Y", "TRUE"]) : some(row, 8, ["no", "NO", "n"]),
      },
    }),
    tells: [/^ {2}read as +lift: yes or no in 7 spellings$/m],
  },
  {
    trait: "`-999` for what is not known",
    does: "missing",
    files: rents({ both: { age: (row) => (often(row) ? -999 : whole(row, 90)) } }),
    tells: [/^ {2}read as +age: "-999" \(\d+\) stands for missing$/m],
  },
  {
    trait: "`?` and `unknown` among numbers",
    does: "missing; the others are numbers",
    files: rents({
      both: { age: (row) => (often(row) ? some(row, 9, ["?", "unknown"]) : whole(row, 90)) },
    }),
    tells: [/^ {2}read as +age: "\S+" \(\d+\), "\S+" \(\d+\) stand for missing$/m],
  },
  {
    trait: "words among numbers",
    does: "numbers, the words kept as a category beside them",
    files: rents({
      both: { floor: (row) => (often(row) ? some(row, 9, ["attic", "cellar"]) : whole(row, 90)) },
    }),
    tells: [
      /^ {2}read as +floor: \d+ cells are words \("\w+", "\w+"\): kept as a category beside the numbers$/m,
    ],
  },
  {
    trait: "the target again, in train only",
    does: "told; not there to predict from",
    files: rents({ train: { rent_eur: (row) => german(rent(row)) } }),
    tells: [/^ {2}ignored +rent_eur: the test table lacks it; the same as rent in every row$/m],
  },
  {
    trait: "the target on another scale, in both tables",
    does: "told, with the flag that leaves it out",
    files: rents({ both: { points: (row) => (9000 - 3 * rent(row)).toFixed(1) } }),
    tells: [
      /^ {2}--drop +points: gives rent away: it falls where it rises \(rank correlation -1\.0000\)$/m,
    ],
  },
  {
    trait: "`BMI` beside `bmi`",
    does: "two columns, told apart and named",
    files: rents({ both: { bmi: (row) => whole(row, 40), BMI: (row) => whole(row, 40, 10) } }),
    tells: [/^ {2}--drop +BMI: named like bmi, but another column$/m],
  },
  {
    trait: "`BMI` in train, `bmi` in test",
    does: "told: call both the same",
    files: rents({
      train: { BMI: (row) => whole(row, 40) },
      test: { bmi: (row) => whole(row, 40) },
    }),
    tells: [/^ {2}ignored +BMI: the test table lacks it, but has bmi: call both the same$/m],
  },
  {
    trait: "a column of one value",
    does: "left out, and named",
    files: rents({ both: { country: () => "DE" } }),
    tells: [/^ {2}ignored +country: one value throughout$/m],
  },
  {
    trait: "a second id",
    does: "named, with the flag that leaves it out",
    files: rents({ both: { ticket: (row) => `T-${1000 + ((row * 7919) % 5000)}` } }),
    tells: [/^ {2}--drop +ticket: another value in each row, like an id$/m],
  },
  {
    trait: "a column twice, under two names",
    does: "named, with the flag that leaves it out",
    files: rents({ both: { area: (row) => size(row).toFixed(3) } }),
    tells: [/^ {2}--drop +area: the same as size in every row$/m],
  },
  {
    trait: "a target of amounts such as `1.234,50 €`",
    does: "read as numbers, and predicted as plain ones",
    files: rents({ target: { rent: (row) => german(rent(row)) } }),
    tells: [
      /^ {2}--target +rent, a number/m,
      /^ {2}read as +rent: .*in €, comma for decimals, dot for thousands$/m,
      /^ {2}unit: .*numbers are predicted$/m,
    ],
  },
  {
    trait: "a target of amounts with words among them",
    does: "refused: leave these cells empty, or remove their rows",
    files: rents({ target: { rent: (row) => (often(row) ? "unknown" : rent(row)) } }),
    tells: {
      refused:
        /^the target "rent" has cells that are no numbers: "unknown" .*; leave these cells empty/,
    },
  },
  {
    trait: "a target of yes and no in many spellings",
    does: "refused: write each in one way",
    files: {
      ...rents({ target: { rent: (row) => (isOdd(row) ? some(row, 8, ["yes", "Y"]) : "no") } }),
      "task.md": "Predict the `rent`. Metric: accuracy.\n",
    },
    tells: { refused: /^the target "rent" spells yes and no in 3 ways .*; write each in one$/ },
  },
];

const day = (row: number) => new Date(Date.UTC(2021, 0, 1 + whole(row, 800, 11)));
const two = (value: number) => String(value).padStart(2, "0");
const parts = (row: number) => ({
  d: two(day(row).getUTCDate()),
  m: two(day(row).getUTCMonth() + 1),
  y: day(row).getUTCFullYear(),
});
const early = (row: number) => two(1 + whole(row, 12, 12));
const iso = (row: number) => day(row).toISOString().slice(0, 10);

/** Dates as people have them. */
export const DATE_TRAITS: readonly Trait[] = [
  {
    trait: "`31/12/2024`",
    does: "day first, by the values that can only be so",
    files: rents({ both: { seen: (row) => `${parts(row).d}/${parts(row).m}/${parts(row).y}` } }),
    tells: [/^ {2}dates +seen: day first \(\d+ of 220 values have a day above 12\)$/m],
  },
  {
    trait: "`12/31/2024`",
    does: "month first, by the values that can only be so",
    files: rents({ both: { seen: (row) => `${parts(row).m}/${parts(row).d}/${parts(row).y}` } }),
    tells: [/^ {2}dates +seen: month first \(\d+ of 220 values have a day above 12\)$/m],
  },
  {
    trait: "`3/4/2024` that no value decides",
    does: "told, with what is taken and the flag for the other",
    files: rents({ both: { seen: (row) => `${early(row)}/${parts(row).m}/2024` } }),
    tells: [
      /^ {2}dates +seen: day or month first: no value tells; month first is taken \(--dates day-first for the other\)$/m,
    ],
  },
  {
    trait: "the same, with `dates: day-first` in task.yaml",
    does: "as it says",
    files: rents({
      both: { seen: (row) => `${early(row)}/${parts(row).m}/2024` },
      yaml: "dates: day-first\n",
    }),
    tells: [/^ {2}dates +seen: day first \(as you wish\)$/m],
  },
  {
    trait: "several forms in one column",
    does: "each cell by its own form",
    files: rents({
      both: {
        seen: (row) =>
          isOdd(row)
            ? iso(row)
            : often(row)
              ? `${parts(row).d}.${parts(row).m}.${parts(row).y}`
              : `${parts(row).d} May ${parts(row).y}`,
      },
    }),
    tells: [/^ {2}dates +seen: .*in 3 forms, such as "/m],
  },
  {
    trait: "moments of several time zones",
    does: "read as moments of UTC",
    files: rents({ both: { seen: (row) => `${iso(row)}T10:00:00${isOdd(row) ? "+02:00" : "Z"}` } }),
    tells: [/^ {2}dates +seen: year first; times of 2 zones \(.*\): read as moments of UTC$/m],
  },
  {
    trait: "seconds since 1970",
    does: "dates, where the column's name speaks of time",
    files: rents({ both: { created_at: (row) => day(row).getTime() / 1000 } }),
    tells: [/^ {2}dates +created_at: seconds since 1970, such as \d+$/m],
  },
  {
    trait: "milliseconds since 1970",
    does: "dates, where the column's name speaks of time",
    files: rents({ both: { timestamp: (row) => day(row).getTime() } }),
    tells: [/^ {2}dates +timestamp: milliseconds since 1970, such as \d+$/m],
  },
  {
    trait: "days as a spreadsheet counts them",
    does: "dates, where the column's name says so",
    files: rents({ both: { "sale date": (row) => 44_000 + whole(row, 900, 11) } }),
    tells: [
      /^ {2}dates +sale date: days as spreadsheets count them, since 1899-12-30, such as \d+$/m,
    ],
  },
  {
    trait: "`20240131`",
    does: "dates",
    files: rents({ both: { sold: (row) => iso(row).replaceAll("-", "") } }),
    tells: [/^ {2}dates +sold: digits of year, month, day, such as \d{8}$/m],
  },
  {
    trait: "years of two digits",
    does: "the hundred years around those seen, told",
    files: rents({
      both: {
        born: (row) => `${parts(row).d}/${parts(row).m}/${two((35 + whole(row, 60, 13)) % 100)}`,
      },
    }),
    tells: [/^ {2}dates +born: day first .*; two-digit years are 19\d\d to 20\d\d$/m],
  },
  {
    trait: "test lies after all of train",
    does: "validation is the latest of train",
    files: {
      ...rents({
        both: {
          day: (row) => `${two(1 + (row % 28))}/${two(1 + (Math.floor(row / 28) % 12))}/2023`,
        },
      }),
    },
    tells: [
      /^ {2}dates +day: day first/m,
      /^ {2}--split +time by day: 100 % of test's rows are later/m,
    ],
  },
];
