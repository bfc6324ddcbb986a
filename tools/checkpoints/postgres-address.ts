import { SettingsError } from "../../src/core/errors.ts";

/** Where a database is and which schema of it is ours; the password never stands in it. */
export interface PostgresAddress {
  /** With the schema, without a password: as it may be kept and shown. */
  url: string;
  /** What the driver connects by. */
  connection: string;
  schema: string;
}

const SCHEMA = "mle_star";

/** Reads `postgres://user@host:port/database?schema=name`. */
export function postgresAddress(text: string): PostgresAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["postgres:", "postgresql:"].includes(url.protocol))
    throw new SettingsError(
      "--checkpoints: give a PostgreSQL database as postgres://user@host:port/database",
    );
  const schema = url.searchParams.get("schema") ?? SCHEMA;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw new SettingsError(
      `--checkpoints: schema "${schema}": use small letters, digits and "_", beginning with a letter`,
    );
  url.password = "";
  for (const secret of ["password", "sslpassword"]) url.searchParams.delete(secret);
  const kept = url.href;
  url.searchParams.delete("schema");
  return { url: kept, connection: url.href, schema };
}

/** The password in such a text; null when there is none. */
export function passwordIn(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { password, searchParams } = new URL(text);
  return password === "" ? searchParams.get("password") : decodeURIComponent(password);
}
