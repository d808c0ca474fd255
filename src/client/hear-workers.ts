import type { DescribeWorkerInput, WorkerDescription } from '../job/questions.js';
import { pollersOf } from '../temporal/pollers.js';
import { ask, type Asking } from './ask.js';
import { JobFailedError } from './errors.js';

/** The workers of a task queue, by whether they answered. */
export interface HeardWorkers {
  workers: WorkerDescription[];
  /** Identities of workers that polled within the last five minutes but did not answer: they may be gone. */
  unheard: string[];
}

/** Questions asked at once, per round, until all workers are heard. Usually there is one, and one question does. */
const AT_ONCE = [1, 3, 4];

/** Any free worker takes up a question, so one worker may answer often and another never. */
export async function hearWorkers(
  asking: Asking,
  input: DescribeWorkerInput,
  known: readonly WorkerDescription[],
): Promise<HeardWorkers> {
  const heard = new Map(known.map((worker) => [worker.identity, worker]));
  let unheard = await unheardOf(asking, heard);
  for (const count of AT_ONCE) {
    if (heard.size > 0 && unheard.length === 0) break;
    const questions = Array.from({ length: count }, () => ask(asking, 'describeWorker', input));
    const answers = await Promise.allSettled(questions);
    for (const answer of answers) {
      if (answer.status === 'fulfilled') heard.set(answer.value.identity, answer.value);
      else if (heard.size === 0 || isRefusal(answer.reason)) throw answer.reason;
    }
    unheard = await unheardOf(asking, heard);
  }
  return { workers: [...heard.values()], unheard };
}

async function unheardOf({ client, taskQueue }: Asking, heard: ReadonlyMap<string, unknown>): Promise<string[]> {
  const pollers = (await pollersOf(client, taskQueue)) ?? [];
  return pollers.filter((identity) => !heard.has(identity));
}

/** A worker does not know the connection that was asked about. */
function isRefusal(error: unknown): boolean {
  return error instanceof JobFailedError && error.type === 'InvalidInput';
}
