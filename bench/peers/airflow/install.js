import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('./', import.meta.url));
const DONE = `${FOLDER}.venv/installed`;

export const AIRFLOW = `${FOLDER}.venv/bin/airflow`;

/** Installs Airflow into a folder of its own, unless it is there: 300 MB, within a minute. */
export function installAirflow() {
  if (existsSync(DONE)) return;
  const run = (command, args) => execFileSync(command, args, { cwd: FOLDER, stdio: 'inherit' });
  run('python3', ['-m', 'venv', '.venv']);
  run('.venv/bin/pip', ['install', '--quiet', '--requirement', 'requirements.txt']);
  writeFileSync(DONE, '');
}
