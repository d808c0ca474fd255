// Scenes of jobs that somebody else runs, for record-histories.js.
import { setTimeout as sleep } from 'node:timers/promises';

const ours = (onForeignJob) => ({
  component: 'keboola.ex-http',
  config: 'shared',
  configData: { parameters: { sandbox: { durationSeconds: 1 } } },
  onForeignJob,
});

const runsElsewhere = (durationSeconds) => async (sandbox) => {
  await fetch(`${sandbox.url}/docker/keboola.ex-http/run`, {
    method: 'POST',
    headers: { 'x-storageapi-token': sandbox.token },
    body: JSON.stringify({ config: 'shared', configData: { parameters: { sandbox: { durationSeconds } } } }),
  });
  // Until the index shows it.
  await sleep(3_000);
};

export const foreignScenes = {
  'foreign-refused': { input: ours('fail'), before: runsElsewhere(60) },
  'foreign-waited-for': { input: ours('wait'), before: runsElsewhere(8) },
  'foreign-followed': { input: ours('adopt'), before: runsElsewhere(8) },
  'foreign-canceled': {
    input: ours('wait'),
    before: runsElsewhere(60),
    during: async ({ handle }) => {
      while ((await handle.query('job')).note === undefined) await sleep(100);
      await handle.cancel();
    },
  },
};
