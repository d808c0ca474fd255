import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Processes } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';

const BUILT = new URL('../../dist/operate/standard-output.js', import.meta.url).href;

/** Its disk is full, and has room later. */
const FREED = `
  const { closeSync, openSync } = await import('node:fs');
  const { standardOutput } = await import('${BUILT}');
  standardOutput.onLoss((code) => console.error('lost', code));
  standardOutput.write('one');
  standardOutput.write('two');
  closeSync(1);
  openSync(process.env.LATER, 'w');
  standardOutput.write('three');
  console.error('failure', standardOutput.failure());
`;

const processes = new Processes({});
afterAll(async () => {
  await processes.close();
});

it('a log on a full disk tells its loss once, and goes on when there is room', async () => {
  const later = join(await tempFolder(), 'later');
  const command = 'exec "$@" > /dev/full';
  const args = ['-c', command, 'sh', process.execPath, '--input-type=module', '-e', FREED];
  const { code, stderr } = await processes.start('sh', args, { LATER: later }).end();
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'lost ENOSPC\nfailure ENOSPC\n' });
  expect(await readFile(later, 'utf8')).toBe('three');
});
