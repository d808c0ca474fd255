// Scenes of calls of components for record-histories.js.

const call = (script) => ({
  workflow: 'runAsyncAction',
  input: {
    method: 'POST',
    path: '/gooddata-writer/v2/main/load-data',
    body: { configData: { parameters: { sandbox: script } } },
  },
});
const action = (script, more) => ({
  workflow: 'callAction',
  input: {
    component: 'keboola.ex-db-mysql',
    action: 'testConnection',
    configData: { parameters: { sandbox: script } },
    ...more,
  },
});
const TOO_LONG = { status: 'error', error: 'User error', code: 400, message: 'It exceeded the timeout of 45 seconds.' };

export const actionScenes = {
  'call-success': call({ durationSeconds: 1 }),
  'call-adopted': {
    ...call({ durationSeconds: 1 }),
    before: (sandbox) => sandbox.faults.add({ route: 'custom', reset: 'after' }),
  },
  'call-canceled': {
    ...call({ durationSeconds: 3_000 }),
    during: async ({ handle }) => {
      await handle.executeUpdate('waitForCreated');
      await handle.cancel();
    },
  },
  'action-answered': action({ output: { tables: [] } }),
  'action-user-error': action({ status: 'error', message: 'No such host.' }),
  'action-application-error': action({ status: 'error', error: 'application' }, { attempts: 2 }),
  'action-timed-out': {
    ...action({}),
    before: (sandbox) => sandbox.faults.add({ route: 'action', status: 400, json: TOO_LONG }),
  },
  'action-not-called-at-once': {
    ...action({}),
    before: (sandbox) => sandbox.faults.add({ route: 'action', status: 429 }),
  },
  components: { workflow: 'listComponents', input: { type: 'extractor' } },
};
