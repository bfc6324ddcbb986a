import { SettingsError } from "../../src/core/errors.ts";

/** Where a database is and which schema of it is ours. */
export interface PostgresAddress {
  /** With the schema, without a password: as it may be kept and shown. */
  url: string;
  schema: string;
  password: string | null;
}

/** Reads `postgres://user@host:port/database?schema=name`. */
export function postgresAddress(text: string): PostgresAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["postgres:", "postgresql:"].includes(url.protocol))
    throw new SettingsError(
      "--checkpoints: give a PostgreSQL database as postgres://user@host:port/database",
    );
  const schema = url.searchParams.get("schema") ?? "mle_star";
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw new SettingsError(
      `--checkpoints: schema "${schema}": use small letters, digits and "_", beginning with a letter`,
    );
  const password = decodeURIComponent(url.password) || url.searchParams.get("password");
  url.password = "";
  for (const secret of ["password", "sslpassword"]) url.searchParams.delete(secret);
  return { url: url.href, schema, password };
}
