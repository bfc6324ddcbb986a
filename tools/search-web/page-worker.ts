import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { articleOf } from "./page-text.ts";

/** The thread that a page's markup is read in: `readPage` stops it when that takes too long or too much memory. */

parentPort?.postMessage(articleOf(z.string().parse(workerData)));
