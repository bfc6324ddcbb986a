import { CLOCK_FORM, DATE_FORMS, DAY_WITH_CLOCK, ZONES } from "../../../core/words/written-date.ts";
import { NUMBER_PATTERNS } from "../../../core/words/written-number.ts";
import { pyString } from "../recipe/python.ts";

const EACH = `def plain_marks(text):
    """Small letters, one kind of space, apostrophe and minus."""
    return " ".join(str(text).lower().replace("\\u2019", "'").replace("\\u2212", "-").split())


def each(cells, read):
    """What every cell says; each text is read once."""
    return cells.map({text: read(text) for text in cells.dropna().unique()})`;

const NUMBERS = `CURRENCY = re.compile(${pyString(NUMBER_PATTERNS.currency)})
BEFORE_NUMBER = re.compile(${pyString(NUMBER_PATTERNS.before)})
NUMBER_AND_UNIT = re.compile(${pyString(NUMBER_PATTERNS.piece)})


def numbers(cells, decimal, thousands, units):
    """The numbers of a column, in one unit."""
    def read(cell):
        text = " ".join(CURRENCY.sub(" ", plain_marks(cell)).split())
        start = re.search("[.,]?[0-9]", text)
        if start is None or not BEFORE_NUMBER.fullmatch(text[: start.start()]):
            return np.nan
        total, at, bare, count = 0.0, start.start(), False, 0
        while at < len(text):
            piece = NUMBER_AND_UNIT.match(text, at)
            if piece is None:
                return np.nan
            digits, power, unit = piece.groups(default="")
            digits = digits.translate({ord(mark): None for mark in thousands}).replace(decimal, ".")
            unit = re.sub("^[ .]+|[ .)]+$", "", unit)
            unit = "" if unit in ("st", "nd", "rd", "th") else unit
            bare, count, times = bare or unit == "", count + 1, units.get(unit)
            if times is None or not re.fullmatch("[0-9]*[.]?[0-9]*", digits):
                return np.nan
            total, at = total + float(digits + power) * times, piece.end()
        if bare and count > 1:
            return np.nan
        return -total if re.search("[-(]", text[: start.start()]) else total

    return each(cells, read).astype(float)`;

const HOURS = `CLOCK = re.compile(${pyString(NUMBER_PATTERNS.clock)})


def hours(cells):
    """Hours with minutes, as hours."""
    def read(cell):
        found = CLOCK.fullmatch(plain_marks(cell))
        if found is None:
            return np.nan
        hour, minute, second, half = found.groups()
        hour = int(hour) if half is None else int(hour) % 12 + 12 * (half == "p")
        return hour + int(minute) / 60 + float(second or 0) / 3600

    return each(cells, read).astype(float)`;

const MOMENTS = `MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
ZONES = ${pyZones()}
# Forms of a day, and what their groups hold: year, month (by name), day, quarter, open order (1, 2).
DATE_FORMS = [
${DATE_FORMS.map(([pattern, groups]) => `    (${pyString(pattern)}, ${pyString(groups)}),`).join("\n")}
]
CLOCK_FORM = ${pyString(CLOCK_FORM)}
DATE_FORMS = [(re.compile(pattern + CLOCK_FORM), groups) for pattern, groups in DATE_FORMS]


def moments(cells, day_first, first_year):
    """Dates as moments of UTC, in any of their forms; \`day_first\` holds the marks after which a day stands first."""
    def read(cell):
        text = re.sub(${pyString(DAY_WITH_CLOCK)}, r"\\1 \\2", plain_marks(re.sub("[.]0*$", "", str(cell))))
        for form, groups in DATE_FORMS:
            found = form.fullmatch(text)
            if found is not None:
                return moment(dict(zip(groups, found.groups())), found.groups()[len(groups) :])
        return pd.NaT

    def moment(parts, clock):
        year = int(parts["y"])
        if len(parts["y"]) == 2:
            year = first_year + (year - first_year) % 100
        if "n" in parts:
            month, day = MONTHS.index(parts["n"]) + 1, int(parts.get("d", 1))
        elif "1" in parts:
            one, two = int(parts["1"]), int(parts["2"])
            is_day_first = two <= 12 and (one > 12 or parts["|"] in day_first)
            month, day = (two, one) if is_day_first else (one, two)
        else:
            month = 3 * int(parts["q"]) - 2 if "q" in parts else int(parts["m"])
            day = int(parts.get("d", 1))
        hour, minute, second, half, zone, ahead, ahead_minutes = clock
        hour = int(hour or 0) if half is None else int(hour) % 12 + 12 * (half == "p")
        shift = ZONES.get(zone, np.nan) if zone else 0.0
        if ahead:
            shift = int(ahead) + (-1 if ahead[0] == "-" else 1) * int(ahead_minutes or 0) / 60
        seconds = hour * 3600 + int(minute or 0) * 60 + float((second or "0").replace(",", "."))
        try:
            return pd.Timestamp(year, month, day) + pd.Timedelta(seconds=seconds - shift * 3600)
        except (ValueError, OverflowError):
            return pd.NaT

    return pd.to_datetime(each(cells, read), errors="coerce")`;

const COUNTED = `def counted_moments(cells, unit, origin):
    """Dates that count from a first moment."""
    return pd.to_datetime(pd.to_numeric(cells, errors="coerce"), unit=unit, origin=origin, errors="coerce")`;

const FLAGS = `def flags(cells, yes, no):
    """Yes and no in one spelling."""
    return each(cells, lambda cell: "yes" if plain_marks(cell) in yes else "no" if plain_marks(cell) in no else np.nan)`;

const LEFT_OVER = `def left_over(cells, numbers, kept):
    """What stands beside the numbers: their units, or words in their place."""
    if kept == "words":
        return cells.where(numbers.isna()).map(plain_marks, na_action="ignore")
    return cells.map(lambda cell: re.sub("[0-9.,' ()+<>~-]+", " ", plain_marks(cell)).strip(), na_action="ignore")`;

function pyZones(): string {
  return `{${Object.entries(ZONES)
    .map(([zone, hours]) => `${pyString(zone)}: ${hours}`)
    .join(", ")}}`;
}

/** The functions that scripts read columns with, in the order in which they stand on each other. */
export const CELL_READERS = { EACH, NUMBERS, HOURS, MOMENTS, COUNTED, FLAGS, LEFT_OVER };
