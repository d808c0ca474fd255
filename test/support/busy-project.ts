import { scripted } from './job-lab.js';

const QUEUE_TOKEN = '5555-1-queue';

/** Eighteen minutes apart for thirty hours: where nothing is under way, a clock that leaps may leap to the time limit of something that is long over. */
const OTHERS = 100;
const BETWEEN_SECONDS = 18 * 60;

/**
 * Lets somebody else work in the sandbox's project on Queue v2: a job of his starts another one time and again, so that an
 * index is seen to come further. No workflow follows it.
 */
export async function startBusy(sandboxUrl: string, betweenSeconds = BETWEEN_SECONDS): Promise<void> {
  const child = { component: 'keboola.ex-http', durationSeconds: 1 };
  const children = Array.from({ length: OTHERS }, (_, at) => ({ ...child, afterSeconds: (at + 1) * betweenSeconds }));
  await createByHand(sandboxUrl, scripted({ durationSeconds: (OTHERS + 1) * betweenSeconds, children }));
}

/** Creates a job as somebody does who knows nothing of us. @returns its id. */
export async function createByHand(sandboxUrl: string, body: object): Promise<string> {
  const answer = await fetch(`${await queueUrl(sandboxUrl)}/jobs`, {
    method: 'POST',
    headers: { 'x-storageapi-token': QUEUE_TOKEN, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`a job by hand was answered by ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

async function queueUrl(sandboxUrl: string): Promise<string> {
  const index = await fetch(`${sandboxUrl}/v2/storage?exclude=components`);
  const { services } = (await index.json()) as { services: { id: string; url: string }[] };
  return services.find(({ id }) => id === 'queue')?.url ?? '';
}
