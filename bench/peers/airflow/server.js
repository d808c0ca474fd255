import { execFileSync } from 'node:child_process';
import { freePort } from '../../../dist/dev/ports.js';
import { treePids } from '../../processes/cpu.js';
import { startPeerServer } from '../run/peer-server.js';
import { findPostgres, startPostgres } from '../run/postgres.js';
import { AIRFLOW, installAirflow } from './install.js';
import { airflowEnvironment } from './environment.js';

export { findPostgres as findTools };

/** Everything but the scheduler, whose children run the tasks: that one is the worker. */
export async function startServers({ processes, folder, keboola }) {
  installAirflow();
  const postgres = await startPostgres(processes, folder);
  const ports = { database: postgres.port, api: await freePort(), log: await freePort(), triggerLog: await freePort() };
  const env = airflowEnvironment({ folder, ports, keboola, user: postgres.user });
  const run = (args) => execFileSync(AIRFLOW, args, { env: { ...process.env, ...env }, stdio: 'pipe' }).toString();
  createDatabase(postgres);
  run(['db', 'migrate']);
  const start = (part, port) => startPeerServer(processes, { command: AIRFLOW, args: [part], env, port });
  const api = await start('api-server', ports.api);
  const triggerer = await start('triggerer', ports.triggerLog);
  // It listens nowhere; the caller waits for what it has read.
  const dags = await start('dag-processor', ports.api);
  return {
    pids: [postgres.pid, api.pid, triggerer.pid, dags.pid],
    version: `Airflow ${run(['version']).trim().split('\n').at(-1)}, ${postgres.version}`,
    order: { env, apiPort: ports.api, logPort: ports.log },
  };
}

export async function startWorker(processes, { env, logPort }) {
  const scheduler = await startPeerServer(processes, { command: AIRFLOW, args: ['scheduler'], env, port: logPort });
  const kill = async () => {
    for (const pid of treePids(scheduler.pid)) process.kill(pid, 'SIGKILL');
    await scheduler.ended;
  };
  return { pid: scheduler.pid, kill };
}

function createDatabase({ port, user }) {
  execFileSync('psql', ['-h', '127.0.0.1', '-p', String(port), '-U', user, '-c', 'CREATE DATABASE airflow'], {
    stdio: 'pipe',
  });
}
