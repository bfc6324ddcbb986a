import { homedir } from "node:os";
import { resolve } from "node:path";
import { ROLES } from "../core/ports.ts";
import { secondsIn } from "../core/words/duration.ts";
import { readFlagFile } from "./flag-file.ts";

interface Reader {
  /** Whether a number that a settings file gives is read like a text. */
  isText?: boolean;
  read(text: string): unknown;
  /** What is said of a value that is none; without it, what is wrong with it. */
  wanted?: string | ((text: string) => string);
}

const isBare = (text: string) => /^0*[1-9]\d*(?:\.\d+)?$/.test(text.trim());

const number = (text: string) => (Number.isNaN(Number(text)) ? text : Number(text));

const pair = (value: (text: string) => unknown): Reader => ({
  read(text) {
    const [, name, written] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    return name === undefined || written === undefined ? text : { [name]: value(written) };
  },
  wanted: "write it as name=value",
});

const forAll = (text: string) => Object.fromEntries(ROLES.map((role) => [role, text]));

/** A mailbox is the same folder wherever the run is resumed from. */
const modelSpec = (text: string) => {
  const [, folder] = /^mailbox:(.+)$/s.exec(text) ?? [];
  return folder === undefined
    ? text
    : `mailbox:${resolve(folder.replace(/^~(?=\/|$)/, () => homedir()))}`;
};

const prices = 'it is to hold JSON such as {"openai:gpt-5": {"input": 1.25, "output": 10}}';

/** How the texts of a command line are read, by what stands for the value in the help. */
export const READERS: Record<string, Reader> = {
  number: { read: number },
  dollars: { read: number },
  megabytes: { read: number },
  columns: { read: (text) => text.split(",") },
  list: { read: (text) => text.split(",") },
  time: {
    isText: true,
    // A number alone means minutes to one person and seconds to another.
    read: (text) => (isBare(text) ? Number.NaN : secondsIn(text)),
    wanted: (text) =>
      isBare(text)
        ? `"${text}" has no unit: write ${text}s for seconds, or ${text}m for minutes`
        : "give a time such as 90s, 15m or 2h",
  },
  "provider:name": { read: modelSpec },
  "who=provider:name": pair(modelSpec),
  "role=number": pair(number),
  level: { read: (text) => (text.includes("=") ? pair(String).read(text) : forAll(text)) },
  json: { read: (file) => readFlagFile("--prices", file, JSON.parse, prices), wanted: prices },
};
