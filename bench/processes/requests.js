// A client of the sandbox in a process of its own, so that its work is not counted as the sandbox's.
//
//   requests.js URL TOKEN
import process, { argv } from 'node:process';
import { Pool } from 'undici';

const LANES = 8;
const BODY = JSON.stringify({ configData: { parameters: { sandbox: { durationSeconds: 3_600 } } } });

const [, , url, token] = argv;
const headers = { 'x-storageapi-token': token };
const pool = new Pool(url, { connections: LANES });
process.on('disconnect', () => process.exit());
process.on('message', async ({ create, get }) =>
  process.send(create ? await createJobs(create) : await failuresOf(get)),
);

function createJobs(count) {
  return inLanes(Array(count).fill('/docker/keboola.ex-http/run'), async (path) => {
    const { body } = await pool.request({ path, method: 'POST', headers, body: BODY });
    const { id, runId } = await body.json();
    return { id, runId };
  });
}

async function failuresOf(paths) {
  const statuses = await inLanes(paths, async (path) => {
    const { statusCode, body } = await pool.request({ path, method: 'GET', headers });
    await body.dump();
    return statusCode;
  });
  return statuses.filter((status) => status !== 200).length;
}

async function inLanes(paths, ask) {
  const answers = [];
  let next = 0;
  const lane = async () => {
    while (next < paths.length) answers.push(await ask(paths[next++]));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return answers;
}
