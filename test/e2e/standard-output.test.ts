import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storage } from '../sandbox/storage-support.js';
import { CANARY, CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { CLI, type Environment, type Process } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';

const ROWS = 60_000;
/** Many times what a pipe holds. */
const LARGE = `"id","text"\n${Array.from({ length: ROWS }, (_, at) => `"${at}","a value, row ${at}"`).join('\n')}\n`;

let lab: CliLab;
let folder: string;
let env: Environment;

beforeAll(async () => {
  lab = await openCliLab();
  folder = await tempFolder();
  env = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN, KBC_FILES_URL: lab.sandbox.url };
  await writeFile(join(folder, 'large.csv'), LARGE);
  await lab.startWorker({ KBC_FILES_URL: lab.sandbox.url });
  await storage(lab.sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' }, token: CANARY_TOKEN });
  await lab.sandbox.settings({ storageQueueSeconds: 0, storageJobSeconds: 0, searchLagSeconds: 0 });
  const load = ['import', 'in.c-main.large', join(folder, 'large.csv'), '--key', lab.unique('table')];
  expect(await lab.run(load, env)).toMatchObject({ code: 0 });
});
afterAll(async () => {
  expect(lab.processes.words).not.toContain(CANARY);
  await lab.close();
});

/** An export to standard output, whose words a shell puts where it goes. */
function exported(command: string, more: readonly string[] = []): Process {
  const args = ['export', 'in.c-main.large', '-o', '-', '--key', lab.unique('out'), ...more];
  return lab.processes.start('bash', ['-c', command, 'sh', process.execPath, CLI, ...args], { ...env, FOLDER: folder });
}

describe('an export to standard output', () => {
  it('that is a file whose disk takes no more fails, and says that the file is not whole', async () => {
    const full = await exported('ulimit -f 512; exec "$@" > "$FOLDER/full.csv"').end();
    expect(full.code, full.stderr).toBe(1);
    expect(full.stderr).toMatch(
      /Standard output takes no more \(its disk is full: EFBIG\); what was written is not whole\. Storage keeps file \d+/,
    );
    expect((await stat(join(folder, 'full.csv'))).size).toBe(512 * 1024);
  });

  it('that is a device without room fails, too', async () => {
    const full = await exported('exec "$@" > /dev/full').end();
    expect(full).toMatchObject({ code: 1, stderr: expect.stringContaining('its disk is full: ENOSPC') as string });
  });

  it('that is a file is put at its end, whole', async () => {
    const appended = await exported('echo before > "$FOLDER/on.csv"; exec "$@" >> "$FOLDER/on.csv"').end();
    expect(appended.code, appended.stderr).toBe(0);
    expect((await stat(join(folder, 'on.csv'))).size).toBe(7 + Buffer.byteLength(LARGE));
  });

  it('whose reader goes away ends well, and fetches no more', async () => {
    const head = await exported('"$@" | head -c 1; exit ${PIPESTATUS[0]}').end();
    expect(head).toMatchObject({ code: 0, stdout: '"' });
    const [, bytes] = /(\d+) bytes/.exec(head.stderr) ?? [];
    expect(Number(bytes)).toBeLessThan(Buffer.byteLength(LARGE));
  });

  it('whose reader stands still ends where it is interrupted', async () => {
    // The pipe stays open for reading, and nobody reads.
    const command = 'mkfifo "$FOLDER/pipe"; exec 3<>"$FOLDER/pipe"; exec "$@" > "$FOLDER/pipe"';
    const held = exported(command, ['--progress-lines']);
    await eventually(() => {
      const [before, last] = [...held.stderr.matchAll(/"bytes":(\d+)/g)].slice(-2).map(([, bytes]) => Number(bytes));
      expect(before).toBeGreaterThan(0);
      expect(last).toBe(before);
    });
    const { code, stderr } = await held.signal('SIGTERM').end(60_000);
    expect(code).toBe(143);
    expect(stderr).toContain('Interrupted: not all of it is written');
  });
});

/** Longer than a command waits for its remarks to be taken. */
const PAUSE_MS = 3_500;
/** Fills a pipe, so that nothing more goes in before somebody reads. */
const FILL = 'head -c 65536 /dev/zero';

describe.concurrent('a result', () => {
  const help = (command: string): Process =>
    lab.processes.start('bash', ['-c', command, 'sh', process.execPath, CLI, '--help'], { ...env, FOLDER: folder });

  it('waits for a reader that is slow, as a pager is, and reaches it whole', async () => {
    const whole = await help('"$@"').end();
    const paged = await help(`{ ${FILL}; "$@"; } | { sleep ${PAUSE_MS / 1_000}; tail -c +65537; }`).end();
    expect(whole.stdout).toContain('Exit codes:');
    expect(paged.stdout).toBe(whole.stdout);
  });

  it('whose reader stands still can be left with Ctrl-C', async () => {
    const startedMs = performance.now();
    await help('"$@"').end();
    // A busy machine takes as long again, until the command has something to wait for.
    const startMs = 3 * (performance.now() - startedMs);
    const held = help(`mkfifo "$FOLDER/held"; exec 3<>"$FOLDER/held"; ${FILL} >&3; exec "$@" > "$FOLDER/held"`);
    await sleep(startMs + PAUSE_MS);
    expect(held.isRunning).toBe(true);
    expect(await held.signal('SIGINT').end(20_000)).toMatchObject({ code: 130 });
  });

  it.each([
    ['has no room at all', 'exec "$@" > /dev/full', 'ENOSPC'],
    ['has room for a part of it', 'ulimit -f 1; exec "$@" > "$FOLDER/part.txt"', 'EFBIG'],
  ])('fails where the disk %s, and says so', async (_, command, code) => {
    expect(await help(command).end()).toMatchObject({
      code: 1,
      stderr: `Standard output takes no more (its disk is full: ${code}); what was written is not whole.\n`,
    });
  });

  it.each([
    ['has read enough', `{ ${FILL}; "$@"; } | head -c 1`],
    ['never reads', '"$@" | true'],
  ])('whose reader %s is no failure', async (_, command) => {
    const { code, stderr } = await help(`${command}; exit \${PIPESTATUS[0]}`).end();
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});

describe.concurrent('the output of a command that stays up', () => {
  const sandbox = (command: string): Process =>
    lab.processes.start('bash', ['-c', command, 'sh', process.execPath, CLI, 'sandbox', '--port', '0'], {
      FOLDER: folder,
    });

  it('does not hold it back when it is stopped, if its reader stands still', async () => {
    const held = sandbox(`mkfifo "$FOLDER/log"; exec 3<>"$FOLDER/log"; ${FILL} >&3; exec "$@" > "$FOLDER/log"`);
    await held.says('Ctrl-C stops it.');
    expect(await held.signal('SIGTERM').end(20_000)).toMatchObject({ code: 0 });
  });

  it('is missed at once, not only at its end, where it goes to a full disk', async () => {
    const full = sandbox('exec "$@" > /dev/full');
    await full.says('its disk is full: ENOSPC');
    await full.says('Ctrl-C stops it.');
    expect(await full.signal('SIGTERM').end(20_000)).toMatchObject({ code: 1 });
  });

  it('is missed in a JSON log as a line of it', async () => {
    const command = 'exec "$@" > /dev/full';
    const args = ['worker', '--log-format', 'json', '--help'];
    const { stderr } = await lab.processes.start('bash', ['-c', command, 'sh', process.execPath, CLI, ...args]).end();
    expect(JSON.parse(stderr)).toMatchObject({ level: 'ERROR', message: expect.stringContaining('ENOSPC') as string });
  });
});
