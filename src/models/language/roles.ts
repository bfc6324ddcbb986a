import { SettingsError } from "../../core/errors.ts";
import type { Effort } from "../../core/model-choice.ts";
import { ROLES, type Role } from "../../core/ports.ts";

/** Ideas profit from variety, judgements from none. */
const TEMPERATURES = { planning: 1, coding: 0.7, checking: 0, searching: 0.7 };

/** The temperature of each role: the user's own, else the usual one. Names that are no roles are refused. */
export function temperaturesOf(own: Readonly<Record<string, number>>): Record<Role, number> {
  refuseStranger(own, ROLES, (name) => `no role "${name}" to set a temperature for`);
  return { ...TEMPERATURES, ...own };
}

/** The efforts that were chosen, by role. Names that are no roles are refused. */
export function effortsOf(own: Readonly<Record<string, Effort>>): Partial<Record<Role, Effort>> {
  refuseStranger(own, ROLES, (name) => `no role "${name}" to set an effort for`);
  return own;
}

/** Refuses models for what is neither a role nor one of these agents. */
export function checkSpecFor(
  specFor: Readonly<Record<string, string>>,
  agents: Iterable<string>,
): void {
  const known = [...ROLES, ...agents];
  refuseStranger(specFor, known, (name) => `no agent or role "${name}" to choose a model for`);
}

function refuseStranger(
  given: object,
  known: readonly string[],
  what: (name: string) => string,
): void {
  const stranger = Object.keys(given).find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw new SettingsError(`There is ${what(stranger)}: there are ${known.join(", ")}.`);
}
