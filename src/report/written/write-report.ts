import { join } from "node:path";
import { writeAtomically } from "../../record/write-atomically.ts";
import { readFacts } from "../facts/read-facts.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { ablationsSection } from "../sections/ablations.ts";
import { attemptsSection } from "../sections/attempts.ts";
import { blendSection } from "../sections/blend.ts";
import { costsSection } from "../sections/costs.ts";
import { errorsSection } from "../sections/errors.ts";
import { explorationSection } from "../sections/exploration.ts";
import {
  checksSection,
  failuresSection,
  modelsSection,
  reviewsSection,
} from "../sections/findings.ts";
import { insightSection } from "../sections/insight.ts";
import { scoresSection } from "../sections/scores.ts";
import { repeatSection, solutionSection } from "../sections/solution.ts";
import { submissionsSection } from "../sections/submissions.ts";
import { validationSection } from "../sections/validation.ts";
import { htmlReport } from "./html-report.ts";
import { markdownReport } from "./markdown-report.ts";

/** What a report tells below its head, in this order. */
const SECTIONS = [
  scoresSection,
  validationSection,
  errorsSection,
  insightSection,
  blendSection,
  attemptsSection,
  ablationsSection,
  submissionsSection,
  explorationSection,
  modelsSection,
  reviewsSection,
  checksSection,
  failuresSection,
  costsSection,
  solutionSection,
  repeatSection,
];

/** The report of these facts in both of its forms. */
export function reportOf(facts: RunFacts): { html: string; markdown: string } {
  const sections = SECTIONS.map((section) => section(facts)).filter((one) => one !== null);
  return { html: htmlReport(facts, sections), markdown: markdownReport(facts, sections) };
}

/** Writes `report.html` and `report.md` into the run's folder, as it stands; returns their paths. */
export function writeReport(runsFolder: string, runId: string): { html: string; markdown: string } {
  const facts = readFacts(runsFolder, runId);
  const report = reportOf(facts);
  const html = join(facts.folder, "report.html");
  const markdown = join(facts.folder, "report.md");
  writeAtomically(html, report.html);
  writeAtomically(markdown, report.markdown);
  return { html, markdown };
}
