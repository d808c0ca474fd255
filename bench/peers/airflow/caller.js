import { setTimeout as sleep } from 'node:timers/promises';

const READY_MS_MAX = 120_000;
const LOOK_MS = 500;

export function openCaller({ apiPort }) {
  const root = `http://127.0.0.1:${apiPort}`;
  const dag = `${root}/api/v2/dags/keboola`;
  let headers;
  const request = (path, options = {}) => fetch(`${dag}${path}`, { ...options, headers });
  return {
    /** Until the DAG was read, which takes a while after the start. */
    async prepare() {
      const { access_token: token } = await (await fetch(`${root}/auth/token`)).json();
      headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const deadlineMs = Date.now() + READY_MS_MAX;
      while (!(await request('')).ok) {
        if (Date.now() > deadlineMs) throw new Error('Airflow does not find its DAG');
        await sleep(LOOK_MS);
      }
    },

    async start(key, configData) {
      const run = { dag_run_id: key, logical_date: null, conf: { configData } };
      const answer = await request('/dagRuns', { method: 'POST', body: JSON.stringify(run) });
      if (!answer.ok) throw new Error(`Airflow answered ${answer.status}`);
      return { result: () => resultOf(key) };
    },
  };

  /** Airflow writes a line each second until the run has ended; the last one holds what its task has returned. */
  async function resultOf(key) {
    const answer = await request(`/dagRuns/${key}/wait?interval=1&result=run_job`);
    const last = JSON.parse((await answer.text()).trim().split('\n').at(-1));
    return last.results.run_job;
  }
}
