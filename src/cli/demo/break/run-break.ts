import { Client, Connection } from '@temporalio/client';
import { defaultCacheFolder } from '../../../dev/install/cache-folder.js';
import { startDevServer } from '../../../dev/dev-server.js';
import type { Report } from '../../../dev/report.js';
import { resolveTemporalCli } from '../../../dev/install/temporal-cli.js';
import { SEARCH_ATTRIBUTES } from '../../../job/search-attributes.js';
import { startSandbox, type Sandbox } from '../../../sandbox/index.js';
import type { Context } from '../../context.js';
import { EXIT } from '../../exit/exit-codes.js';
import { untilStopped } from '../../until-stopped.js';
import { openBoard } from '../board.js';
import type { DemoRow } from '../play.js';
import { ACCIDENTS, type Accident } from './accidents.js';
import { breakTable } from './break-table.js';
import { playAccident, type Aftermath, type Side } from './play-accident.js';
import { SideWorker, type SideName } from './side-worker.js';
import { reportToTerminal } from '../../../operate/terminal.js';

const SIDES: readonly SideName[] = ['plain loop', 'keboola-temporal'];

/** Plays the same accidents to a plain poll loop and to ours, and counts in Keboola what came of it. */
export async function runBreak(context: Context): Promise<number> {
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const stage = await setUp(context, closing);
    const stopped = untilStopped();
    const aftermaths = await Promise.race([playAll(context, stage), stopped]);
    if (typeof aftermaths === 'number') return aftermaths;
    context.output.result({ accidents: aftermaths }, breakTable(aftermaths));
    return aftermaths.every(isAsPromised) ? EXIT.success : EXIT.jobFailed;
  } finally {
    for (const close of closing.reverse()) await close().catch(() => undefined);
  }
}

/** Ours makes one job and leaves none; of the other one nothing is expected. */
function isAsPromised({ side, jobsCreated, jobsLeftRunning }: Aftermath): boolean {
  return side !== 'keboola-temporal' || (jobsCreated === 1 && jobsLeftRunning === 0);
}

interface Stage {
  client: Client;
  sandbox: Sandbox;
  sides: readonly Side[];
}

async function setUp({ settings, output }: Context, closing: (() => Promise<unknown>)[]): Promise<Stage> {
  const report: Report = output.json ? () => undefined : reportToTerminal();
  const { path, temporalCliPath, home, xdgCacheHome } = settings.tools;
  const cacheFolder = defaultCacheFolder({ HOME: home, XDG_CACHE_HOME: xdgCacheHome });
  const cli = await resolveTemporalCli({ temporalCliPath, path, cacheFolder, report });
  const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, 'Keyword' as const]));
  const server = await startDevServer({ cli: cli.path, searchAttributes, headless: true });
  closing.push(() => server.stop());
  const sandbox = await startSandbox();
  closing.push(() => sandbox.close());
  const connection = await Connection.connect({
    address: server.address,
    channelArgs: { 'grpc.enable_http_proxy': 0 },
  });
  closing.push(() => connection.close());
  const sides = SIDES.map((name): Side => {
    const taskQueue = name.replace(' ', '-');
    const { url: keboolaUrl, token } = sandbox;
    const worker = new SideWorker(name, { temporalAddress: server.address, keboolaUrl, token, taskQueue });
    closing.push(() => worker.stop());
    return { name, taskQueue, worker };
  });
  await Promise.all(sides.map(({ worker }) => worker.start()));
  return { client: new Client({ connection }), sandbox, sides };
}

async function playAll({ output }: Context, { client, sandbox, sides }: Stage): Promise<Aftermath[]> {
  const plays = ACCIDENTS.flatMap((accident) => sides.map((side) => ({ accident, side, row: newRow(accident, side) })));
  const board = openBoard(
    plays.map(({ row }) => row),
    output,
  );
  const play = async ({ accident, side, row }: (typeof plays)[number]): Promise<Aftermath> => {
    const aftermath = await playAccident(accident, side, { client, sandbox, row });
    Object.assign(row, { told: aftermath.told, line: aftermath.told, asExpected: isAsPromised(aftermath) });
    board.changed();
    return aftermath;
  };
  const timer = setInterval(() => board.changed(), 250);
  try {
    // A worker that is killed takes along whatever else it runs, so that accident comes last and alone.
    const isLast = ({ accident }: (typeof plays)[number]): boolean => accident === ACCIDENTS.at(-1);
    const first = await Promise.all(plays.filter((one) => !isLast(one)).map(play));
    return [...first, ...(await Promise.all(plays.filter(isLast).map(play)))];
  } finally {
    clearInterval(timer);
    board.close();
  }
}

function newRow({ title }: Accident, { name }: Side): DemoRow {
  return { title: `${title} · ${name}`, line: 'waits' };
}
