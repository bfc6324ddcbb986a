/** Whether LangSmith's own variables turn tracing on. */
export const isTraced = (environment: NodeJS.ProcessEnv): boolean =>
  ["LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"].some(
    (name) => environment[name] === "true",
  );
