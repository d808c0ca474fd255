// Records one workflow history per outcome into test/replay/histories. Until 1.0.0 they are recorded anew whenever the
// workflow changes: `npm run record-histories`, or some by name: `npm run record-histories -- success warning`.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { argv, env, stdout } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { defaultCacheFolder } from '../dist/dev/install/cache-folder.js';
import { startDevServer } from '../dist/dev/dev-server.js';
import { startTestServer } from '../dist/dev/start-test-server.js';
import { resolveTemporalCli } from '../dist/dev/install/temporal-cli.js';
import { resolveTestServer } from '../dist/dev/test-server.js';
import { startSandbox } from '../dist/sandbox/index.js';
import { createWorker } from '../dist/worker.js';
import { actionScenes } from './histories/action-scenes.js';
import { foreignScenes } from './histories/foreign-scenes.js';
import { messageScenes } from './histories/message-scenes.js';
import { pipelineScenes } from './histories/pipeline-scenes.js';
import { storageScenes } from './histories/storage-scenes.js';
import { treeScenes } from './histories/tree-scenes.js';

const FOLDER = new URL('../test/replay/histories/', import.meta.url);
const TASK_QUEUE = 'keboola';

/** A job that the sandbox plays as told. */
const scripted = (script) => ({ component: 'keboola.ex-http', configData: { parameters: { sandbox: script } } });
const slow = { component: 'keboola.ex-http', config: 'slow' };

// On a real server.
const devScenes = {
  ...pipelineScenes,
  ...actionScenes,
  ...storageScenes,
  ...treeScenes,
  ...foreignScenes,
  ...messageScenes,
  success: { input: { component: 'ex-db', config: 'sampledatabase' } },
  'user-error': { input: { component: 'keboola.ex-http', config: 'user-error' } },
  'application-error': { input: { component: 'keboola.ex-http', config: 'application-error' } },
  'job-error': { input: scripted({ durationSeconds: 1, status: 'error', error: null }) },
  warning: { input: { component: 'keboola.ex-http', config: 'warning' } },
  'warning-refused': { input: { component: 'keboola.ex-http', config: 'warning', onWarning: 'fail' } },
  'invalid-input': { input: { component: 'ex-db', nonsense: 1 } },
  'create-refused': {
    input: scripted({ durationSeconds: 1 }),
    before: (sandbox) => sandbox.faults.add({ route: 'create', status: 400, times: 3 }),
  },
  'create-adopted': {
    input: scripted({ durationSeconds: 1 }),
    before: (sandbox) => sandbox.faults.add({ route: 'create', reset: 'after' }),
  },
  'create-refused-for-now': {
    input: scripted({ durationSeconds: 1 }),
    before: (sandbox) => sandbox.faults.add({ route: 'create', status: 429, times: 2 }),
  },
  'bad-answers': {
    input: scripted({ durationSeconds: 4 }),
    before: (sandbox) => {
      sandbox.faults.add({ route: 'read', call: 2, status: 502, html: '<h1>Bad gateway</h1>' });
      sandbox.faults.add({ route: 'read', call: 4, reset: 'before' });
    },
  },
  'slow-reads': {
    input: scripted({ durationSeconds: 4 }),
    before: (sandbox) => sandbox.faults.add({ route: 'read', delayMs: 2_000, times: 2 }),
  },
  'canceled-at-once': { input: slow, during: ({ handle }) => handle.cancel() },
  'canceled-while-processing': {
    input: slow,
    during: async ({ handle }) => {
      await sleep(2_500);
      await handle.cancel();
    },
  },
  'canceled-but-finished-first': {
    input: scripted({ durationSeconds: 3 }),
    before: (sandbox) => sandbox.faults.add({ route: 'kill', status: 400 }),
    during: async ({ handle }) => {
      await sleep(1_500);
      await handle.cancel();
    },
  },
  'stopped-by-other': { input: slow, during: killInKeboola },
  'stopped-by-other-refused': { input: { ...slow, onTerminated: 'fail' }, during: killInKeboola },
  'unknown-status': {
    input: slow,
    during: async ({ handle, sandbox }) => {
      const { jobId } = await handle.executeUpdate('waitForCreated');
      const replaceBody = { id: Number(jobId), runId: '', status: 'paused', isFinished: true };
      sandbox.faults.add({ route: 'read', times: 10, replaceBody });
    },
  },
  'timed-out': { input: { ...scripted({ durationSeconds: 3_000 }), runTimeout: '2s' } },
};

// Those that take hours.
const timeSkippingScenes = {
  'keboola-unreachable': {
    input: slow,
    before: (sandbox) => sandbox.faults.add({ route: 'index', times: 'always', status: 500 }),
  },
  'create-ambiguous': {
    input: scripted({ durationSeconds: 1 }),
    before: async (sandbox) => {
      await createControlJob(sandbox);
      sandbox.faults.add({ route: 'create', reset: 'before' });
    },
  },
  'never-queued': {
    input: { ...scripted({ durationSeconds: 1 }), onAmbiguousCreate: 'recreate' },
    before: async (sandbox) => {
      await createControlJob(sandbox);
      sandbox.faults.add({ route: 'create', neverQueued: true });
    },
  },
  'created-late': {
    input: { ...scripted({ durationSeconds: 900 }), onAmbiguousCreate: 'recreate' },
    before: async (sandbox) => {
      await createControlJob(sandbox);
      sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
    },
  },
  'token-refused': {
    input: scripted({ durationSeconds: 200_000 }),
    before: (sandbox) => sandbox.faults.add({ route: 'read', call: 3, times: 'always', status: 401 }),
  },
  'kill-not-confirmed': {
    input: scripted({ durationSeconds: 500_000 }),
    before: async (sandbox, time) => {
      sandbox.faults.add({ route: 'kill', times: 'always', status: 500 });
      await time.hold();
    },
    // While time is held the cancel meets a timer; meeting an activity, it makes this server hang.
    during: async ({ handle, time }) => {
      await sleep(700);
      await handle.cancel();
      await time.release();
    },
  },
};

/** Without any job in the project an empty list would mean nothing. */
async function createControlJob(sandbox) {
  const headers = { 'x-storageapi-token': sandbox.token };
  await fetch(`${sandbox.url}/ex-db/run`, { method: 'POST', headers, body: '{"config":"sampledatabase"}' });
}

async function killInKeboola({ handle, sandbox }) {
  const { jobId } = await handle.executeUpdate('waitForCreated');
  await sleep(1_500);
  await fetch(`${sandbox.url}/queue/jobs/${jobId}/kill`, {
    method: 'POST',
    headers: { 'x-storageapi-token': sandbox.token },
  });
}

/** Plays scenes one after another, because their faults concern the whole sandbox. */
async function record(address, scenes, time) {
  const sandbox = await startSandbox(time ? { clock: time } : {});
  const nativeConnection = await NativeConnection.connect({ address });
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const worker = await createWorker({
    connection: nativeConnection,
    taskQueue: TASK_QUEUE,
    connections: [{ name: 'default', url: sandbox.url, token: () => sandbox.token }],
  });
  await worker.runUntil(async () => {
    for (const [name, scene] of Object.entries(scenes)) {
      if (isWanted(name)) await recordOne(name, scene, { client, sandbox, time });
    }
  });
  await connection.close();
  await nativeConnection.close();
  await sandbox.close();
}

async function recordOne(name, scene, { client, sandbox, time }) {
  sandbox.reset();
  await scene.before?.(sandbox, time);
  const options = { workflowId: `recorded-${name}`, taskQueue: TASK_QUEUE, args: [scene.input] };
  const handle = await client.workflow.start(scene.workflow ?? 'runJob', options);
  await scene.during?.({ handle, sandbox, time });
  const end = await handle.result().then(
    ({ status }) => status,
    ({ cause }) => cause?.type ?? cause?.constructor.name,
  );
  const history = await handle.fetchHistory();
  await writeFile(
    new URL(`${name}.json`, FOLDER),
    `${JSON.stringify(JSON.parse(historyToJSON(history), withoutTraces))}\n`,
  );
  stdout.write(`${name.padEnd(32)} ${String(history.events?.length).padStart(5)} events  ${end}\n`);
}

/** What names the machine that recorded it says nothing about the workflow. */
function withoutTraces(key, value) {
  if (key === 'stackTrace') return '';
  return key === 'identity' ? 'recorder' : value;
}

/** Names on the command line choose; without any, all are recorded. */
const wanted = argv.slice(2);

function isWanted(name) {
  return wanted.length === 0 || wanted.includes(name);
}

async function main() {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const places = { path: env['PATH'], cacheFolder: defaultCacheFolder(env) };
  const cli = await resolveTemporalCli({ ...places, temporalCliPath: env['TEMPORAL_CLI_PATH'] });
  const testServerBinary = await resolveTestServer(places);
  if (wanted.length === 0) await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const names = ['Project', 'Component', 'Config', 'JobId', 'RunId', 'Status'];
  const searchAttributes = Object.fromEntries(names.map((name) => [`Keboola${name}`, 'Keyword']));
  const dev = await startDevServer({ cli: cli.path, headless: true, searchAttributes });
  await record(dev.address, devScenes).finally(() => dev.stop());
  const skipping = await startTestServer({ executable: testServerBinary.path });
  await recordSkipping(skipping.address).finally(() => skipping.stop());
}

/** The clock of the server that leaps is the sandbox's too. */
async function recordSkipping(address) {
  const { InternalConnectionOptionsSymbol } = await import('@temporalio/client/lib/connection.js');
  const connection = await Connection.connect({
    address,
    [InternalConnectionOptionsSymbol]: { supportsTestService: true },
  });
  await connection.testService.unlockTimeSkipping({});
  const now = async () => {
    const { time } = await connection.testService.getCurrentTime({});
    return Number(time?.seconds ?? 0) * 1_000 + Math.floor((time?.nanos ?? 0) / 1e6);
  };
  const hold = () => connection.testService.lockTimeSkipping({});
  const release = () => connection.testService.unlockTimeSkipping({});
  await record(address, timeSkippingScenes, { now, hold, release });
  await connection.close();
}

await main();
