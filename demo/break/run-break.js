import { Client, Connection } from '@temporalio/client';
import { openBoard } from '../../dist/cli/demo/board.js';
import { EXIT } from '../../dist/cli/exit/exit-codes.js';
import { untilOver } from '../../dist/cli/until-over.js';
import { startDevServer } from '../../dist/dev/dev-server.js';
import { defaultCacheFolder } from '../../dist/dev/install/cache-folder.js';
import { resolveTemporalCli } from '../../dist/dev/install/temporal-cli.js';
import { SEARCH_ATTRIBUTES } from '../../dist/job/search-attributes.js';
import { reportToTerminal } from '../../dist/operate/terminal.js';
import { startSandbox } from '../../dist/sandbox/index.js';
import { ACCIDENTS } from './accidents.js';
import { APIS } from './apis.js';
import { breakTable } from './break-table.js';
import { writeConnectionsFile } from './connections-file.js';
import { playAccident } from './play-accident.js';
import { SideWorker } from './side-worker.js';

const SIDES = ['plain loop', 'keboola-temporal'];

/** Plays the same accidents to a plain poll loop and to ours by both job APIs, and counts in Keboola what came of it. @returns the exit code. */
export async function runBreak(context) {
  const closing = [];
  try {
    const stage = await setUp(context, closing);
    const aftermaths = await Promise.race([playAll(context, stage), untilOver(stage)]);
    if (typeof aftermaths === 'number') return aftermaths;
    context.output.result({ accidents: aftermaths }, breakTable(aftermaths));
    return aftermaths.every(isAsPromised) ? EXIT.success : EXIT.jobFailed;
  } finally {
    for (const close of closing.reverse()) await close().catch(() => undefined);
  }
}

/** Ours makes one job and leaves none; of the other one nothing is expected. */
function isAsPromised({ side, jobsCreated, jobsLeftRunning }) {
  return side !== 'keboola-temporal' || (jobsCreated === 1 && jobsLeftRunning === 0);
}

async function setUp({ settings, output }, closing) {
  const report = output.json ? () => undefined : reportToTerminal();
  const { path, temporalCliPath, home, xdgCacheHome } = settings.tools;
  const cacheFolder = defaultCacheFolder({ HOME: home, XDG_CACHE_HOME: xdgCacheHome });
  const cli = await resolveTemporalCli({ temporalCliPath, path, cacheFolder, report });
  const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, 'Keyword']));
  const server = await startDevServer({ cli: cli.path, searchAttributes, headless: true });
  closing.push(() => server.stop());
  const sandbox = await startSandbox();
  closing.push(() => sandbox.close());
  const connection = await Connection.connect({
    address: server.address,
    channelArgs: { 'grpc.enable_http_proxy': 0 },
  });
  closing.push(() => connection.close());
  const { path: connectionsFile, remove } = await writeConnectionsFile(sandbox.url);
  closing.push(remove);
  const sides = SIDES.map((name) => {
    const taskQueue = name.replace(' ', '-');
    const worker = new SideWorker(name, { temporalAddress: server.address, connectionsFile, taskQueue });
    closing.push(() => worker.stop());
    return { name, taskQueue, worker };
  });
  await Promise.all(sides.map(({ worker }) => worker.start()));
  return { client: new Client({ connection }), sandbox, sides, temporalEnded: server.ended };
}

async function playAll({ output }, { client, sandbox, sides }) {
  const plays = ACCIDENTS.flatMap((accident) =>
    sides.flatMap((side) => APIS.map((api) => ({ accident, side, api, row: newRow(accident, side, api) }))),
  );
  const board = await openBoard(
    plays.map(({ row }) => row),
    output,
  );
  const play = async (one) => {
    const aftermath = await playAccident(one, { client, sandbox });
    Object.assign(one.row, { told: aftermath.told, line: aftermath.told, asExpected: isAsPromised(aftermath) });
    board.changed();
    return aftermath;
  };
  const timer = setInterval(() => board.changed(), 250);
  const aftermaths = new Map();
  try {
    for (const group of groupsOf(plays)) {
      await Promise.all(group.map(async (one) => aftermaths.set(one, await play(one))));
    }
    return plays.map((one) => aftermaths.get(one));
  } finally {
    clearInterval(timer);
    board.close();
  }
}

/** A worker that is killed takes along whatever else it runs: so that accident comes last, by one API after the other. */
function groupsOf(plays) {
  const isLast = ({ accident }) => accident === ACCIDENTS.at(-1);
  const last = plays.filter(isLast);
  return [plays.filter((one) => !isLast(one)), ...APIS.map((api) => last.filter((one) => one.api === api))];
}

function newRow({ title }, side, api) {
  return { title: `${title} · ${side.name}`, api: api.name, line: 'waits' };
}
