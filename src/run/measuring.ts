import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { LeakAlarms } from "../../tools/measure/leaks/leak-alarms.ts";
import type { Scorer } from "../../tools/measure/scorer/scorer.ts";
import { tried } from "../../tools/measure/scorer/tried.ts";
import type { RunPurpose, SubmissionCheck } from "../core/candidate.ts";
import { gain } from "../core/candidate.ts";
import { type Alarm, Measurement } from "../core/measurement.ts";
import type { Clock, Measuring, RunPython } from "../core/ports.ts";
import type { Journal } from "../record/journal.ts";
import { type KnownMember, membersOf, shortName } from "../record/members.ts";
import { writeAtomically } from "../record/write-atomically.ts";
import { insightOf } from "./insight.ts";

/** What the scores of a run are measured with. */
export interface MeasuringTools {
  journal: Journal;
  scorer: Scorer;
  leaks: LeakAlarms;
  runPython: RunPython;
  runFolder: string;
  /** The seed of what is changed for proofs. */
  seed: number;
  clock: Clock;
  checkSubmission: (attemptFolder: string, purpose: RunPurpose) => Promise<SubmissionCheck | null>;
}

const HeldOut = z.object({ first: Measurement.nullable(), second: Measurement.nullable() });
type HeldOut = z.infer<typeof HeldOut>;

/** The measured scores of a run: each is recorded, but for those on the hold-out, which stay with the truth. */
export function measuringOf(tools: MeasuringTools): Measuring & {
  heldOut: (runId: string) => Promise<HeldOut>;
} {
  const { journal, scorer, leaks, runFolder, clock } = tools;
  const { ledger } = journal;
  const attemptOf = (runId: string) => join(runFolder, "attempts", runId);
  const finalOf = (runId: string) => join(attemptOf(runId), "final");
  const timed = async <Result>(act: () => Promise<Result>) => {
    const started = clock();
    return { result: await act(), seconds: (clock() - started) / 1000 };
  };

  const asPublished = (member: KnownMember) => {
    const { number, runId, name, attempt, score } = member;
    const about = { shortName: shortName(member), title: attempt.title };
    return { ...about, number, runId, name, score, final: finalOf(runId) };
  };

  const heldOut = async (runId: string): Promise<HeldOut> => {
    const sealed = join(runFolder, "truth", "held-out", `${runId.replaceAll("/", "+")}.json`);
    if (existsSync(sealed)) return HeldOut.parse(JSON.parse(readFileSync(sealed, "utf8")));
    const found = await scorer.holdout({ submission: join(finalOf(runId), "submission.csv") });
    mkdirSync(join(runFolder, "truth", "held-out"), { recursive: true });
    writeAtomically(sealed, JSON.stringify(found));
    return found;
  };

  const noteAlarm = (runId: string, alarm: Alarm) =>
    journal.note({
      type: "alarm",
      // A sign may become a proof.
      key: `${runId}/alarm ${alarm.kind}${alarm.withdraws ? ", proof" : ""}`,
      at: runId,
      runId,
      ...alarm,
    });

  /** Gaps between validation and hold-out. Each attempt shows what is usual: those before it that count are judged anew. */
  const gapAlarms = async (runId: string): Promise<{ runId: string; alarm: Alarm }[]> => {
    if (ledger.ground?.mode !== "holdout") return [];
    const measured = ledger.attempts.flatMap(({ run, blend, measurement, score }) =>
      run === null || blend !== null || measurement === null || score === null ? [] : [run.id],
    );
    const found = await Promise.all([...new Set([runId, ...measured])].map(gapOf));
    const gaps = found.filter((gap) => gap !== null);
    return gaps.flatMap((own) => {
      const alarm = leaks.gap(
        own,
        gaps.filter((gap) => gap !== own),
      );
      return alarm === null ? [] : [{ runId: own.runId, alarm }];
    });
  };

  const gapOf = async (runId: string) => {
    const { first } = await heldOut(runId);
    const validation = ledger.measured(runId)?.measurement;
    if (first === null || validation == null) return null;
    // Positive where validation flatters.
    const flatters = gain(first.score, validation.score, ledger.direction);
    const error = Math.hypot(first.error, validation.error);
    return { runId, score: validation.score, gap: flatters, error };
  };

  return {
    heldOut,
    async measure(runId, parent) {
      const effect = { at: runId, name: "measurement", parts: { parent } };
      return journal.once("measurement", effect, async () => {
        const before = parent === null ? null : finalOf(parent);
        const request = { final: finalOf(runId), parent: before };
        const { result, seconds } = await timed(() => scorer.measure(request));
        return { runId, ...result, seconds };
      });
    },

    async alarms(runId, script) {
      const run = ledger.runOf(runId);
      const measured = ledger.measured(runId)?.measurement;
      if (run === null || measured == null) return [];
      const gaps = await gapAlarms(runId);
      for (const { runId: whose, alarm } of gaps) noteAlarm(whose, alarm);
      const found = [
        leaks.claim(run, measured, ledger.direction),
        ...(await leaks.look(script)),
      ].filter((alarm) => alarm !== null);
      for (const alarm of found) noteAlarm(runId, alarm);
      return [...found, ...gaps.flatMap((gap) => (gap.runId === runId ? gap.alarm : []))];
    },

    async prove({ runId, script, signal }) {
      const changed = await leaks.permuted({ runFolder, seed: tools.seed });
      if (changed === null) return null;
      const id = `${runId}/proof`;
      const expects = ledger.runOf(runId)?.seconds ?? 0;
      const about = { id, script, purpose: "proof", inputFolder: changed.input, expects } as const;
      const run = await tools.runPython({ ...about, signal });
      if (!run.ok) return null;
      const left = { before: finalOf(runId), after: finalOf(run.id) };
      const alarm = await leaks.judge({ changed, ...left });
      if (alarm !== null) noteAlarm(runId, alarm);
      return alarm;
    },

    async blend(at) {
      return journal.once("blend", { at, name: "blend", parts: null }, async () => {
        // What was thinned out when the run had ended is no part of what goes on after it.
        const isThere = ({ runId }: KnownMember) =>
          existsSync(join(finalOf(runId), "validation.csv"));
        const members = membersOf(ledger).filter(isThere);
        await scorer.publish(members.map(asPublished), "search");
        const known = members.map(({ runId: id, name }) => ({ id, name, final: finalOf(id) }));
        const into = finalOf(at);
        const blending = () => tried(scorer.blend({ members: known, into }));
        const { result: blended, seconds } = await timed(blending);
        const { result, problem } = blended;
        const made = result && { final: into, members: result.members };
        const insight = await insightOf(members, made, { ledger, scorer, finalOf });
        const none = { runId: at, members: [], measurement: null, gain: null, submission: null };
        if (result === null) return { ...none, insight, seconds, problem };
        const submission = await tools.checkSubmission(attemptOf(at), "solution");
        const weights = result.members.map(({ id: runId, ...one }) => ({ runId, ...one }));
        const { measurement, gain: gained } = result;
        const about = { runId: at, members: weights, submission, insight, seconds };
        return { ...about, measurement, gain: gained };
      });
    },

    async pick(runIds) {
      const found = await Promise.all(
        runIds.map(async (runId) => ({ runId, score: (await heldOut(runId)).first?.score })),
      );
      const known = found.flatMap(({ runId, score }) =>
        score === undefined ? [] : [{ runId, score }],
      );
      const ranked = known.toSorted((a, b) => gain(a.score, b.score, ledger.direction));
      return ranked[0]?.runId ?? runIds[0] ?? "";
    },

    async showFinals(finals) {
      const finalRuns = new Map(finals.map(({ runId, final }) => [runId, final]));
      const shown = membersOf(ledger).flatMap((member) => {
        const final = finalRuns.get(member.runId);
        return final === undefined ? [] : [{ ...asPublished(member), final: finalOf(final) }];
      });
      await scorer.publish(shown, "final");
    },

    async combine({ blend, finals, into }) {
      const members = finals.map(({ runId, final }) => ({
        id: runId,
        search: finalOf(runId),
        final: final === null ? null : finalOf(final),
      }));
      const request = { blend: finalOf(blend), members, into: finalOf(into) };
      const { problem } = await tried(scorer.combine(request));
      if (problem !== null) return { valid: false, problem };
      return tools.checkSubmission(attemptOf(into), "submission");
    },
  };
}
