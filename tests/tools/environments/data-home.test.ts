import { homedir } from "node:os";
import { expect, test } from "vitest";
import { dataHome } from "../../../tools/environments/data-home.ts";

test.each([
  { environment: { MLE_STAR_HOME: "/data" }, user: 0, home: "/data" },
  { environment: {}, user: 0, home: "/var/lib/mle-star" },
  { environment: { XDG_DATA_HOME: "/share" }, user: 1000, home: "/share/mle-star" },
  { environment: {}, user: 1000, home: `${homedir()}/.local/share/mle-star` },
])("user $user with $environment keeps data in $home", ({ environment, user, home }) => {
  expect(dataHome(environment, user)).toBe(home);
});
