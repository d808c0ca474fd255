import { setTimeout as sleep } from 'node:timers/promises';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';

const TASK_QUEUE = 'nobody';
const AT_ONCE = 40;
const LOOK_MS = 500;

const keyword = (name) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
const KEYS = {
  project: keyword('KeboolaProject'),
  component: keyword('KeboolaComponent'),
  config: keyword('KeboolaConfig'),
  jobId: keyword('KeboolaJobId'),
  status: keyword('KeboolaStatus'),
};

/**
 * Workflows as a list shows them, which no worker has: what a list costs does not depend on what they do.
 *
 * @param counts `{ finished, running }`; who has finished has been terminated.
 * @param tell hears how many there are.
 */
export async function makeWorkflows(client, { finished, running }, tell) {
  let next = 0;
  const lane = async () => {
    while (next < finished + running) {
      const at = next++;
      const handle = await client.workflow.start('runJob', startOf(at, at < finished));
      if (at < finished) await handle.terminate();
      if ((at + 1) % 1_000 === 0) tell(at + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** Starts one more. @returns how a list that is drawn names it. */
export async function startOne(client, at) {
  await client.workflow.start('runJob', startOf(at, false));
  return `key=${at}`;
}

/** Visibility is behind what has happened. Bounded by the time limit of the whole bench. */
export async function untilListed(client, { finished, running }) {
  const countOf = async (status) => (await client.workflow.count(`ExecutionStatus = "${status}"`)).count;
  while ((await countOf('Terminated')) < finished || (await countOf('Running')) < running) await sleep(LOOK_MS);
}

function startOf(at, isOver) {
  return {
    taskQueue: TASK_QUEUE,
    workflowId: idOf(at),
    typedSearchAttributes: new TypedSearchAttributes([
      { key: KEYS.project, value: '1134' },
      { key: KEYS.component, value: 'keboola.ex-http' },
      { key: KEYS.config, value: `configuration-${at % 100}` },
      { key: KEYS.jobId, value: String(186_000_000 + at) },
      { key: KEYS.status, value: isOver ? 'terminated' : 'processing' },
    ]),
  };
}

export function idOf(at) {
  return `keboola/default/keboola.ex-http/configuration-${at % 100};key=${at}`;
}
