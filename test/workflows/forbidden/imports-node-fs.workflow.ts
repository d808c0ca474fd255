import { readFileSync } from 'node:fs';

export function readsFile(): Promise<string> {
  return Promise.resolve(readFileSync('/etc/hostname', 'utf8'));
}
