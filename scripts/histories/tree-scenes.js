// Scenes of jobs that spawn others, for record-histories.js.
import { setTimeout as sleep } from 'node:timers/promises';

const scripted = (script) => ({ component: 'keboola.ex-http', configData: { parameters: { sandbox: script } } });
const child = (durationSeconds) => ({ component: 'keboola.ex-http', durationSeconds });

export const treeScenes = {
  'canceled-with-children': {
    input: scripted({ durationSeconds: 3_000, children: [child(3_000)] }),
    before: (sandbox) => sandbox.settings({ killPropagation: false }),
    during: async ({ handle }) => {
      await handle.executeUpdate('waitForCreated');
      await sleep(2_500);
      await handle.cancel();
    },
  },
  'children-observed': { input: scripted({ durationSeconds: 1, children: [child(1), child(1)] }) },
  'canceled-with-observers': {
    input: scripted({ durationSeconds: 3_000, children: [child(3_000)] }),
    during: async ({ handle }) => {
      while ((await handle.query('job')).children === undefined) await sleep(500);
      // Until the workflow of the child waits for its job.
      await sleep(2_000);
      await handle.cancel();
    },
  },
};
