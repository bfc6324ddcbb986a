import { dataHome } from "../../environments/data-home.ts";
import type { Executor } from "./executor.ts";
import { slotUser } from "./slot-user.ts";
import { supervised } from "./supervised.ts";

/**
 * No sandbox: scripts can read and write whatever their user can, and use the network. Only for who asks for it by name.
 * Root's scripts run as users without rights, who are shown what they need and could not reach.
 */
export function unconfined(home: string = dataHome()): Executor {
  return supervised("none", () => [], { userFor: ({ slot }) => slotUser(slot), home });
}
