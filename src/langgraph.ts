import { mleStarGraph } from "../graphs/mle-star.ts";
import { ensembleAlone, initialSolutionAlone, refinementAlone } from "../graphs/standalone.ts";
import { served } from "./server/served-graph.ts";

/** The graphs that langgraph.json names: the whole, and the three of the paper on their own. */
export const mleStar = served("mle-star", mleStarGraph);
export const initialSolution = served("initial-solution", initialSolutionAlone);
export const refinement = served("refinement", refinementAlone);
export const ensemble = served("ensemble", ensembleAlone);
