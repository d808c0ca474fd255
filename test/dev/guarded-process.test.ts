import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startGuarded } from '../../src/dev/guarded-process.js';
import { tempFolder } from '../support/temp-folder.js';
import { ends, isAlive } from './processes.js';
import { transpileDevSources } from './transpiled-source.js';

describe('startGuarded', () => {
  test('tells how the command ended and keeps its last output', async () => {
    const command = await startGuarded({ command: '/bin/sh', args: ['-c', 'echo out; echo err >&2; exit 7'] });
    expect(await command.ended).toEqual({ code: 7, signal: null });
    expect(command.isRunning).toBe(false);
    expect(command.tail.lines(5).split('\n').sort()).toEqual(['err', 'out']);
  });

  test('fails with the reason of the system when there is no such command', async () => {
    await expect(startGuarded({ command: '/no/such/command', args: [] })).rejects.toThrow('ENOENT');
  });

  test('asks first and kills what does not listen within its grace', async () => {
    const deaf = await startGuarded({
      command: '/bin/sh',
      args: ['-c', 'trap "" TERM; echo ready; while :; do /bin/sleep 0.05; done'],
      graceMs: 200,
    });
    while (!deaf.tail.includes('ready')) await sleep(10);
    const startMs = Date.now();
    expect(await deaf.stop()).toEqual({ code: null, signal: 'SIGKILL' });
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(190);
    expect(isAlive(deaf.pid)).toBe(false);
  });

  test('gives the command time to end in good order', async () => {
    const polite = await startGuarded({
      command: '/bin/sh',
      args: ['-c', 'trap "echo saved; exit 0" TERM; echo ready; while :; do /bin/sleep 0.02; done'],
      graceMs: 5_000,
    });
    while (!polite.tail.includes('ready')) await sleep(10);
    expect(await polite.stop()).toEqual({ code: 0, signal: null });
    expect(polite.tail.includes('saved')).toBe(true);
    expect(await polite.stop()).toEqual({ code: 0, signal: null });
  });

  test('ends what the command has started, too', async () => {
    const family = await startGuarded({ command: '/bin/sh', args: ['-c', '/bin/sleep 60 & echo $!; wait'] });
    while (!family.tail.includes('\n') && family.tail.lines(1) === '') await sleep(10);
    const childPid = Number(family.tail.lines(1));
    expect(isAlive(childPid)).toBe(true);
    await family.stop();
    expect(await ends(childPid)).toBe(true);
  });

  test('ends the command when the guard itself is killed', async () => {
    const command = await startGuarded({ command: '/bin/sleep', args: ['60'] });
    process.kill(await parentOf(command.pid), 'SIGKILL');
    expect(await command.ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await ends(command.pid)).toBe(true);
  });

  test('does not let the command hear the Ctrl-C of our terminal, and ends it when we are killed with -9', async () => {
    const folder = await tempFolder();
    await transpileDevSources(join(folder, 'dev'));
    await writeFile(
      join(folder, 'program.mjs'),
      `import { startGuarded } from './dev/guarded-process.js';
process.on('SIGINT', () => console.log('interrupted'));
const command = await startGuarded({ command: '/bin/sleep', args: ['60'], graceMs: 1000 });
console.log(String(command.pid));`,
    );
    const program = spawn(process.execPath, [join(folder, 'program.mjs')], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void program.kill('SIGKILL'));
    const next = async () => String((await once(program.stdout, 'data'))[0]).trim();
    const commandPid = Number(await next());

    process.kill(-program.pid!, 'SIGINT');
    expect(await next()).toBe('interrupted');
    await sleep(100);
    expect(isAlive(commandPid)).toBe(true);

    program.kill('SIGKILL');
    expect(await ends(commandPid)).toBe(true);
  });
});

/** Works on Linux and macOS alike. */
async function parentOf(pid: number): Promise<number> {
  const ps = spawn('ps', ['-o', 'ppid=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return Number(String((await once(ps.stdout, 'data'))[0]).trim());
}
