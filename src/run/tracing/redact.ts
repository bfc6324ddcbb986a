import { homedir } from "node:os";

/** Environment variables whose values must not leave, by their names. */
const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL/i;
/** Any user's home, also of another machine. */
const HOME = /\/(?:home|Users)\/[^/\s"'`:;,)]+|[A-Z]:\\+Users\\+[^\\\s"'`:;,)]+/g;

/** Replaces secrets and user paths in every text of a value, which is left as it was. */
export type Redact = <Value>(value: Value) => Value;

/** Takes away the environment's secrets; the named folders become their short names, and homes `~`. */
export function redactor(
  environment: NodeJS.ProcessEnv,
  folders: readonly { path: string; name: string }[],
): Redact {
  const secrets = Object.entries(environment)
    .filter(([name]) => SECRET_NAME.test(name))
    .flatMap(([, value = ""]) => (value.length >= 6 ? [value, encodeURIComponent(value)] : []))
    .map((path) => ({ path, name: "***" }));
  const known = [...secrets, ...folders, { path: homedir(), name: "~" }]
    .filter(({ path }) => path.length > 1)
    .toSorted((a, b) => b.path.length - a.path.length);

  const clean = (text: string) =>
    known.reduce((left, { path, name }) => left.replaceAll(path, name), text).replace(HOME, "~");

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
