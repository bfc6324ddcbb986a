import { homedir } from "node:os";
import { overTexts, type Redact, secretsOf } from "../../core/words/redact.ts";

/** Any user's home, also of another machine. */
const HOME = /\/(?:home|Users)\/[^/\s"'`:;,)]+|[A-Z]:\\+Users\\+[^\\\s"'`:;,)]+/g;

/** What leaves this machine is without shorter secrets, too. */
const LEAST_SENT = 6;

/** Takes away the environment's secrets; the named folders become their short names, and homes `~`. */
export function redactor(
  environment: NodeJS.ProcessEnv,
  folders: readonly { path: string; name: string }[],
): Redact {
  const secrets = secretsOf(environment, LEAST_SENT).map((path) => ({ path, name: "***" }));
  const known = [...secrets, ...folders, { path: homedir(), name: "~" }]
    .filter(({ path }) => path.length > 1)
    .toSorted((a, b) => b.path.length - a.path.length);
  return overTexts((text) =>
    known.reduce((left, { path, name }) => left.replaceAll(path, name), text).replace(HOME, "~"),
  );
}
