/** Every error this project throws on purpose; its message is one sentence: what, where, what to do. */
export abstract class MleStarError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The run was asked for something impossible; the user can mend it. Ends with exit code 2. */
export class SettingsError extends MleStarError {}

/** The model answered, but not in the shape the agent asked for. */
export class AgentOutputError extends MleStarError {
  readonly agent: string;

  constructor(agent: string, reason: string, options?: ErrorOptions) {
    super(`${agent}: ${reason}`, options);
    this.agent = agent;
  }
}

/** A cap of the run leaves no room for what was to be done: the step is left out. */
export class OverBudgetError extends MleStarError {}

/** The search, the Python runner or the Python environment itself broke. */
export class ToolError extends MleStarError {}

/** The model's provider is gone or refuses every question: the run stops here and can be resumed. */
export class ModelUnavailableError extends MleStarError {}

/** Every candidate failed; the message carries the last failures. Ends with exit code 1. */
export class NoSolutionError extends MleStarError {}

/** The run was stopped from outside; it can be resumed. Ends with exit code 130. */
export class InterruptedError extends MleStarError {}

/** The code that the system, the database or Node gave an error; empty without one. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";
