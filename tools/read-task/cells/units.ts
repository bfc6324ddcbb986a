const SIZES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  length: {
    "mm millimetre millimetres millimeter millimeters": 0.001,
    "cm centimetre centimetres centimeter centimeters": 0.01,
    dm: 0.1,
    "m metre metres meter meters": 1,
    "km kms kilometre kilometres kilometer kilometers": 1000,
    "in inch inches \" ″ ''": 0.0254,
    "ft foot feet ' ′": 0.3048,
    "yd yard yards": 0.9144,
    "mi mile miles": 1609.344,
  },
  mass: {
    mg: 1e-6,
    "g gr gram grams gramme": 1e-3,
    "kg kgs kilo kilos kilogram kilograms": 1,
    "t tonne tonnes": 1000,
    "lb lbs pound pounds": 0.45359237,
    "oz ounce ounces": 0.028349523125,
  },
  time: {
    "ms millisecond milliseconds": 0.001,
    "s sec secs second seconds": 1,
    "m min mins minute minutes": 60,
    "h hr hrs hour hours": 3600,
    "d day days": 86_400,
    "w wk wks week weeks": 604_800,
    "mo mon mos month months": 2_629_746,
    "y yr yrs year years": 31_556_952,
  },
  volume: { ml: 0.001, cl: 0.01, dl: 0.1, "l ltr litre litres liter liters": 1, hl: 100 },
  area: { "m² sqm": 1, "ft² sqft": 0.09290304, "ha hectare hectares": 10_000, "km²": 1e6 },
  data: { "byte bytes": 1, "kb kib": 1e3, "mb mib": 1e6, "gb gib": 1e9, "tb tib": 1e12 },
  power: { "w watt watts": 1, kw: 1e3, mw: 1e6, "hp bhp": 745.7, ps: 735.49875 },
  share: { "%": 1, "‰": 0.1 },
  count: {
    "k tsd thousand": 1e3,
    "m mn mm mio mln mil million millions": 1e6,
    "b bn mrd billion billions": 1e9,
    "tn trillion trillions": 1e12,
  },
};

const DIMENSIONS = Object.entries(SIZES).map(([name, sizes]) => ({
  name,
  sizes: new Map(
    Object.entries(sizes).flatMap(([units, size]) =>
      units.split(" ").map((unit) => [unit, size] as const),
    ),
  ),
}));

/** What units of one kind are multiplied by to become comparable; null where they are not of one kind, or unknown. */
export function sizesOf(
  units: readonly string[],
  prefersCounts: boolean,
): Map<string, number> | null {
  const known = DIMENSIONS.filter(({ sizes }) => units.every((unit) => sizes.has(unit)));
  const counts = known.find(({ name }) => name === "count");
  const chosen = (prefersCounts ? counts : undefined) ?? known[0];
  if (chosen === undefined) return null;
  return new Map(units.map((unit) => [unit, chosen.sizes.get(unit) ?? 1]));
}

/** Whether such units only multiply the number they follow. */
export const areCounts = (units: readonly string[], prefersCounts: boolean): boolean => {
  const known = DIMENSIONS.filter(({ sizes }) => units.every((unit) => sizes.has(unit)));
  const counts = known.some(({ name }) => name === "count");
  return counts && (prefersCounts || known.length === 1);
};
