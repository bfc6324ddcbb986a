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

const prices = 'it is to hold JSON such as {"openai:gpt-5": {"input": 1.25, "output": 10}}';

/** How the texts of a command line are read, by what stands for the value in the help. */
export const READERS: Record<string, Reader> = {
  number: { read: number },
  dollars: { read: number },
  megabytes: { read: number },
  columns: { read: (text) => text.split(",") },
  list: { read: (text) => text.split(",") },
  time: { read: secondsIn, wanted: "give a time such as 90s, 15m or 2h" },
  "who=provider:name": pair(String),
  "role=number": pair(number),
  json: { read: (file) => readFlagFile("--prices", file, JSON.parse, prices), wanted: prices },
};
