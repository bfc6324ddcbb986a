import { homedir } from "node:os";
import { resolve } from "node:path";
import { ROLES } from "../core/ports.ts";
import { secondsIn } from "../core/words/duration.ts";
import { readFlagFile } from "./flag-file.ts";

interface Reader {
  read(text: string): unknown;
  /** What is said of a value that is none; without it, what is wrong with it. */
  wanted?: string;
}

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
  time: { read: secondsIn, wanted: "give a time such as 90s, 15m or 2h" },
  "provider:name": { read: modelSpec },
  "who=provider:name": pair(modelSpec),
  "role=number": pair(number),
  level: { read: (text) => (text.includes("=") ? pair(String).read(text) : forAll(text)) },
  json: { read: (file) => readFlagFile("--prices", file, JSON.parse, prices), wanted: prices },
};
