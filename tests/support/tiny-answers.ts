import { agentOfPrompt } from "./agent-of-prompt.ts";
import type { ProviderAnswer } from "./provider-reply.ts";
import { fenced } from "./scripted-model.ts";
import { ABLATION, LEAKING, MODELS, type ModelName, ONE_HOT, solution } from "./tiny-scripts.ts";

/** What was said so far, as OpenAI's wire format has it: more than one message when an answer is asked for again. */
type Messages = readonly { role: string; content: string }[];

const described = (...names: ModelName[]) =>
  names.map((name) => ({
    name,
    description: `${name} suits a small table with few columns. It trains at once.`,
    exampleCode: `${MODELS[name].imports}\nmodel = ${MODELS[name].build}\nmodel.fit(X_train, y_train)\nmodel.predict(X_valid)`,
    sources: [],
  }));

const NO_LEAK = { leaks: false, explanation: "It splits first.", block: "", correction: "" };
const BOAST = "This reaches Final Validation Performance: 0.0001, which nothing can beat!";

/** The lines of the script that the prompt shows with numbers, from one comment to the next. */
function shownBlock(prompt: string, from: string, to: string): { text: string; first: number } {
  const lines = [...prompt.matchAll(/^ *(\d+) \| ?(.*)$/gm)];
  const first = lines.findIndex(([, , line]) => line === from);
  const end = lines.findIndex(([, , line]) => line === to);
  const text = lines.slice(first, end).map(([, , line = ""]) => line);
  return { text: text.join("\n").trimEnd(), first: Number(lines[first]?.[1] ?? 1) };
}

/**
 * What a middling model answers about the tiny task: prose around code, JSON in Python's words, answers cut off, refused or
 * of another shape (mended when asked again, or not), scripts that crash, one that leaks, and boasts. It goes by the
 * prompt alone, so that the order of parallel tracks does not matter.
 */
export function tinyAnswer(messages: Messages): ProviderAnswer {
  const prompt = messages[0]?.content ?? "";
  const again = messages.length > 1 || prompt.includes("Your answer could not be used");
  const agent = agentOfPrompt(prompt);
  const isFirstTrack = !/"""(?:Shallow|Gradient)/.test(prompt);
  const [, named = ""] = /<untrusted source="model description">\n(.*)/.exec(prompt) ?? [];
  switch (agent) {
    case "explorer":
      return { text: fenced('print("y goes with a; no value is missing")') };
    case "query-writer":
      return { text: '{"queries": ["regression of a small table with one category"]}' };
    case "retriever":
      if (prompt.includes("This is track 1"))
        // As weak models write it: prose, single quotes, a trailing comma.
        return {
          text: `Here are two models:\n${JSON.stringify({
            models: described("Ridge regression", "k nearest neighbours"),
          })
            .replaceAll("'", "")
            .replace(/"sources":\[\]\}\]/, "'sources': [],},]")}`,
        };
      return again
        ? {
            text: JSON.stringify({
              models: described("Shallow random forest", "Gradient boosting"),
            }),
          }
        : { text: '{"models": ["Shallow random forest", "Gradient boosting"]}' };
    case "initializer":
      if (named.startsWith("k nearest"))
        return {
          text: fenced(solution("k nearest neighbours").replace('frame["c"]', 'frame["category"]')),
        };
      if (named.startsWith("Shallow"))
        return {
          text: `Sure! ${BOAST}\n${fenced(solution("Shallow random forest", LEAKING))}\nGood luck!`,
        };
      if (named.startsWith("Gradient")) {
        const whole = fenced(solution("Gradient boosting"));
        const middle = whole.indexOf("# Validation") + 30;
        return again ? { text: whole } : { text: whole.slice(0, middle), finish: "length" };
      }
      return { text: fenced(solution("Ridge regression")) };
    case "leakage-checker":
      if (prompt.includes("level = train"))
        return {
          text: JSON.stringify({
            leaks: true,
            explanation: "The mean of the target is taken over the validation rows too.",
            block: LEAKING,
            correction: ONE_HOT,
          }),
        };
      // Prose, and prose again: this question fails, and the script is run all the same.
      if (prompt.includes('"""Gradient boosting')) return { text: "It looks fine to me." };
      return {
        text: isFirstTrack
          ? "{'leaks': False, 'explanation': 'It splits first.', 'block': '', 'correction': ''}"
          : JSON.stringify(NO_LEAK),
      };
    case "debugger":
      if (prompt.includes('frame["category"]'))
        return {
          text: fenced(solution("k nearest neighbours").replace('frame["c"]', 'frame["C"]')),
        };
      if (prompt.includes('frame["C"]')) return { text: fenced(solution("k nearest neighbours")) };
      return { text: "I cannot see what is wrong." };
    case "merger":
      return isFirstTrack
        ? { text: fenced(solution("Ridge and neighbours")) }
        : { text: "", finish: "content_filter" };
    case "data-usage-checker":
      return { text: '{"usesAll": true, "explanation": "All columns are used.", "script": ""}' };
    case "ablator":
      return { text: isFirstTrack ? fenced(ABLATION) : "The features matter most, I think." };
    case "summarizer":
      return { text: isFirstTrack ? "Without the kinds the error rises most." : "It failed." };
    case "extractor": {
      const { text, first } = isFirstTrack
        ? shownBlock(prompt, "# Features", "# Model")
        : shownBlock(prompt, "# Model", "# Validation");
      if (!isFirstTrack && !prompt.includes("# Your last answer could not be used"))
        return {
          text: '{"block": "def build_the_model(): ...", "firstLine": null, "lastLine": null, "plan": "Fit a linear model."}',
        };
      const lastLine = first + text.split("\n").length - 1;
      return {
        text: JSON.stringify({ block: text, firstLine: first, lastLine, plan: FIRST_PLAN }),
      };
    }
    case "planner":
      return { text: JSON.stringify({ plan: "Drop the category altogether: it is noise." }) };
    case "coder":
      return { text: `${fenced(coded(prompt, isFirstTrack))}\n${BOAST}` };
    case "ensemble-planner":
      return again ? { text: "Take the median of the predictions." } : { text: "" };
    case "ensembler":
      return prompt.includes("Take the median")
        ? { text: fenced(`raise ValueError("no median")\n${solution("Ridge regression")}`) }
        : { text: fenced(solution("Ridge and neighbours")) };
    case "submitter":
      return { text: fenced(solution("Ridge regression")) };
    default:
      throw new Error(`the tiny task asks no ${agent}`);
  }
}

const FIRST_PLAN = "Fit a linear model to the numbers, since the target looks linear in them.";

/** The block rewritten: for the better, for the worse, and once so that it prints no number. */
function coded(prompt: string, isFirstTrack: boolean): string {
  if (prompt.includes("Drop the category"))
    return isFirstTrack
      ? `# Features\ndef features(frame):\n    return frame[["a", "b"]].to_numpy()`
      : `# Model\ntarget = target * np.nan\ndef make_model():\n    return ${MODELS["Gradient boosting"].build}`;
  return isFirstTrack
    ? ONE_HOT.replace("return", "frame = frame.assign(a2=frame['a'] ** 2)\n    return").replace(
        '["a", "b"]',
        '["a", "b", "a2"]',
      )
    : `# Model\nfrom sklearn.linear_model import Ridge\ndef make_model():\n    return Ridge(alpha=1.0)`;
}
