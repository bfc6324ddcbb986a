import { randomBytes } from "node:crypto";
import { SettingsError } from "../core/errors.ts";
import { type GuardPolicy, isLoopback } from "./guard.ts";

/** LangSmith's pages, Studio among them. */
const STUDIO = ["https://smith.langchain.com", "https://eu.smith.langchain.com"];

const TOKEN_LETTERS = 16;
const list = (text = "") => text.split(",").filter((part) => part !== "");

/** The policy that the environment asks for: MLE_STAR_TOKEN, and with commas MLE_STAR_ALLOW_HOST and MLE_STAR_ALLOW_ORIGIN. */
export function policyIn(environment: NodeJS.ProcessEnv): GuardPolicy {
  const token = environment["MLE_STAR_TOKEN"] || null;
  if (token !== null && token.length < TOKEN_LETTERS)
    throw new SettingsError(
      `MLE_STAR_TOKEN: it has ${token.length} characters; give at least ${TOKEN_LETTERS}, or none to have one made`,
    );
  return {
    hosts: list(environment["MLE_STAR_ALLOW_HOST"]).map((name) => name.toLowerCase()),
    origins: [...STUDIO, ...list(environment["MLE_STAR_ALLOW_ORIGIN"])],
    token,
  };
}

/** The token that a server on this address asks for: a given one always, a new one where other machines can reach it. */
export function tokenFor(host: string, given: string | undefined): string | null {
  return given || (isLoopback(host) ? null : randomBytes(24).toString("base64url"));
}
