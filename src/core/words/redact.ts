/** Environment variables whose values are nobody's business, by their names. */
const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL/i;

/** Replaces something in every text of a value, which is left as it was. */
export type Redact = <Value>(value: Value) => Value;

/** The environment's secrets of at least so many characters, plain and as they stand in addresses, in JSON and in base64. */
export function secretsOf(environment: NodeJS.ProcessEnv, least: number): string[] {
  const values = Object.entries(environment)
    .filter(([name]) => SECRET_NAME.test(name))
    .flatMap(([, value = ""]) => (value.length >= least ? [value] : []));
  const forms = values.flatMap((value) => [
    ...[value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)],
    Buffer.from(value).toString("base64").replace(/=+$/, ""),
  ]);
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length);
}

/** Shorter values are words of scripts as well as secrets. */
const LEAST_STORED = 12;

/** Takes the environment's secrets out of what is stored and shown, wherever they came from: a server may echo a key. */
export function withoutSecrets(environment: NodeJS.ProcessEnv): Redact {
  const secrets = secretsOf(environment, LEAST_STORED);
  if (secrets.length === 0) return (value) => value;
  return overTexts((text) => secrets.reduce((left, one) => left.replaceAll(one, "***"), text));
}

/** Goes over every text of plain data, lists, maps, errors, and the names of their parts. */
export function overTexts(clean: (text: string) => string): Redact {
  function copy(value: unknown, above: readonly object[]): unknown {
    if (typeof value === "string") return clean(value);
    if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
    if (value instanceof Date) return value;
    if (above.includes(value)) return "[circular]";
    const within = [...above, value];
    if (value instanceof Error) return { name: value.name, message: clean(value.message) };
    if ("toJSON" in value && typeof value.toJSON === "function")
      return copy(value.toJSON(), within);
    if (Array.isArray(value)) return value.map((part) => copy(part, within));
    if (value instanceof Map || value instanceof Set)
      return [...value].map((part: unknown) => copy(part, within));
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [clean(key), copy(part, within)]),
    );
  }
  return <Value>(value: Value) => copy(value, []) as Value;
}
