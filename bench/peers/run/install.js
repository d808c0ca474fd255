import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../', import.meta.url));

/** Installs what the peers need into their own folder, unless it is there. Scripts of packages are not run. */
export function installPeers() {
  if (modifiedMs('node_modules/.package-lock.json') >= modifiedMs('package-lock.json')) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: 'inherit' });
}

function modifiedMs(path) {
  return statSync(`${FOLDER}${path}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
