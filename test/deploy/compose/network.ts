import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Processes } from '../../support/processes.js';
import { tempFolder } from '../../support/temp-folder.js';

/** A network of its own, in which services have their names, and every port is free: as a compose file makes one. */
export interface Network {
  /** The command line that runs a command within; it is the same process, and ends when we do. */
  inside(command: readonly string[], user?: string): [string, string[]];
}

const run = promisify(execFile);
/** Names the hosts of the network, and lives until its input ends. */
const HOLD = 'mount --bind "$1" /etc/hosts && ip link set lo up && echo ready && exec cat';

/**
 * Linux keeps it as long as one process is in it; nothing of the machine's own network is changed.
 *
 * @param hosts names that all mean this one machine.
 * @throws Error that says what is missing where this process may not make one.
 */
export async function openNetwork(processes: Processes, hosts: readonly string[]): Promise<Network> {
  await requireTools();
  const file = join(await tempFolder(), 'hosts');
  await writeFile(file, `127.0.0.1 localhost ${hosts.join(' ')}\n`);
  const holder = processes.start('unshare', ['--net', '--mount', 'sh', '-c', HOLD, 'sh', file]);
  await holder.says('ready');
  const namespaces = [`--net=/proc/${holder.pid}/ns/net`, `--mount=/proc/${holder.pid}/ns/mnt`];
  return {
    inside(command, user) {
      const identity = user === undefined ? [] : [`--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
      return ['nsenter', [...namespaces, 'setpriv', '--pdeathsig=KILL', ...identity, ...command]];
    },
  };
}

async function requireTools(): Promise<void> {
  if (process.getuid?.() !== 0)
    throw new Error('This test makes a network of its own, for which it has to run as root.');
  for (const [tool, from] of [
    ['ip', 'iproute2'],
    ['unshare', 'util-linux'],
  ] as const) {
    await run(tool, ['--version'])
      .catch(() => run(tool, ['-V']))
      .catch(() => {
        throw new Error(`This test needs ${tool} (Debian: apt-get install ${from}).`);
      });
  }
}
