import { execFileSync } from 'node:child_process';
import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { freePort } from '../../../dist/dev/ports.js';
import { startPeerServer } from './peer-server.js';
import { requireProgram, versionOf } from './tools.js';

const DEBIAN = '/usr/lib/postgresql';
const USER = 'postgres';

/** @throws Error with the next step where PostgreSQL is missing. */
export function findPostgres() {
  const folders = [...debianFolders(), '/usr/local/bin', '/usr/bin'];
  const install = 'apt-get install postgresql';
  return {
    postgres: requireProgram('postgres', folders, install),
    initdb: requireProgram('initdb', folders, install),
  };
}

/**
 * PostgreSQL as it comes, with its files below `folder`.
 *
 * @returns `{ pid, port, user, version }` of a server that trusts whoever comes from this machine.
 */
export async function startPostgres(processes, folder) {
  const { postgres, initdb } = findPostgres();
  const data = join(folder, 'data');
  const asUser = unprivileged(folder);
  execFileSync(...asUser(initdb, ['-D', data, '-U', USER, '--auth', 'trust']), { stdio: 'pipe', cwd: folder });
  const port = await freePort();
  const options = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
  const [command, args] = asUser(postgres, options);
  const { pid } = await startPeerServer(processes, { command, args, port, cwd: folder });
  return { pid, port, user: USER, version: versionOf(postgres, ['--version']) };
}

/** PostgreSQL refuses to run as root; then it runs as the user that Debian makes for it, and the folder is that one's. */
function unprivileged(folder) {
  if (process.getuid() !== 0) return (command, args) => [command, args];
  const [uid, gid] = ['-u', '-g'].map((what) => Number(execFileSync('id', [what, USER])));
  chownSync(folder, uid, gid);
  const become = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  return (command, args) => ['setpriv', [...become, command, ...args]];
}

function debianFolders() {
  try {
    const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(DEBIAN, version, 'bin'));
  } catch {
    return [];
  }
}
