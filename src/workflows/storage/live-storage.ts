import { answerMessages } from '../answer-messages.js';
import { liveAndCloseJob } from '../live-and-close-job.js';
import { ambiguous } from '../create/create-once.js';
import { JobLife } from '../job-life.js';
import { NO_LIMIT_OF_STORAGE } from '../prepare/start-terms.js';
import { stopAll } from '../stop/stop-all.js';
import { traceOf } from './storage-creation.js';

/**
 * The life of a workflow of Storage, which can stop no job: its time cannot be limited, and a cancel leaves it to itself.
 *
 * @param carried the state of the run before, in a wait that goes on in a new run.
 */
export async function liveStorage<Result>(
  input: unknown,
  carried: unknown,
  run: (life: JobLife) => Promise<Result>,
): Promise<Result> {
  const life = new JobLife(input, carried);
  answerMessages(life, { timeouts: 'refused' });
  return await liveAndCloseJob(life, {
    run: () => run(life),
    onCancel: async () => {
      await stopAll(life);
      requireNoneUnseen(life);
    },
    insteadOfTimeouts: NO_LIMIT_OF_STORAGE,
  });
}

/** As a cancel during the search says it: the job of a creation that was given up may run, and nobody can stop it. @throws. */
function requireNoneUnseen({ state }: JobLife): void {
  const [runId] = state.givenUp;
  if (state.created || runId === undefined) return;
  throw ambiguous({ runId, trace: traceOf(runId) }, 'it was canceled before it was asked for again');
}
