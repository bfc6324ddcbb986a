import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";

/**
 * Makes the saver's first failure to write end the run at once. LangGraph looks at such a failure only when the step's
 * other branches have ended, and the program would break off before that. Nothing is written after it: what is kept
 * stays a state that the run was in.
 */
export function guardCheckpoints(
  saver: BaseCheckpointSaver,
  onFailure: (failure: unknown) => void,
): BaseCheckpointSaver {
  const [put, putWrites] = [saver.put.bind(saver), saver.putWrites.bind(saver)];
  let hasFailed = false;
  async function written<T>(write: () => Promise<T>, otherwise: T): Promise<T> {
    if (hasFailed) return otherwise;
    try {
      return await write();
    } catch (failure) {
      hasFailed = true;
      onFailure(failure);
      return otherwise;
    }
  }
  saver.put = (config, ...rest) => written(() => put(config, ...rest), config);
  saver.putWrites = (...asked) => written(() => putWrites(...asked), undefined);
  return saver;
}
