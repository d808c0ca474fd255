const TASKS = 3;
const TRIES = 3;
/** The flow, a container for each task, and its tries. */
export const RETRIED_FLOW_JOBS = 1 + TASKS * (1 + TRIES);

/** A flow of Queue v2 all of whose tasks fail, and are tried twice more. */
export const RETRIED_FLOW = {
  component: 'keboola.flow',
  configData: {
    phases: [{ id: 'p' }],
    tasks: Array.from({ length: TASKS }, (_, at) => ({
      id: `t${at}`,
      phase: 'p',
      retry: { maxRetries: TRIES - 1, delay: 1 },
      task: { type: 'job', componentId: 'keboola.ex-db-mysql', configId: 'user-error' },
    })),
  },
};
