import { beforeAll, describe } from "vitest";
import { writeReport } from "../../src/report/written/write-report.ts";
import { chromiumPath, NO_CHROMIUM } from "../support/chromium.ts";
import { makeRun } from "../support/make-run.ts";
import { reportBrowser, reportContract } from "./report-contract.ts";

describe.skipIf(chromiumPath() === null)(`a report in a browser [else: ${NO_CHROMIUM}]`, () => {
  const open = reportBrowser();
  let path = "";
  beforeAll(async () => {
    path = writeReport(makeRun("toy", { measured: true }), "toy").html;
  });

  reportContract(open, () => path);
});
