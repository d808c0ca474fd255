import { startTemporal, temporalCli } from '../../processes/temporal.js';
import { versionOf } from '../run/tools.js';

/** The dev server, as `npm start` has it. */
export async function startServers({ processes, row }) {
  const { pid, address } = processes.keep(await startTemporal());
  const { key, ours, isWatched } = row;
  const order = { address, taskQueue: 'bench', row: { key, ours, isWatched } };
  return { pids: [pid], version: versionOf(await temporalCli(), ['--version']), order };
}
