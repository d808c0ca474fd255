import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COMMAND_NAMES, type CommandName } from '../../src/cli/command-names.js';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
/** What is loaded with a module: neither its types alone, nor what it imports when it needs it. */
const LOADED = /^(?:import|export) (?!type )(?:[^;]*? from )?'([^']+)';$/gm;
const OPENED = /import\('(\.\/commands\/[^']+)\.js'\)/;

/** All that has to be there before a command begins, by its name: files of ours by their path below `src/`, and packages. */
function loadedBy(...entries: string[]): Set<string> {
  const loaded = new Set(entries);
  for (const file of loaded) {
    if (!file.endsWith('.ts')) continue;
    for (const [, name = ''] of readFileSync(join(SRC, file), 'utf8').matchAll(LOADED)) {
      loaded.add(name.startsWith('.') ? join(file, '..', name.replace(/\.js$/, '.ts')) : name);
    }
  }
  return loaded;
}

function fileOf(command: CommandName): string {
  const line = readFileSync(join(SRC, 'cli/program.ts'), 'utf8')
    .split('\n')
    .find((text) => new RegExp(`^ +'?${command}'?: async`).test(text));
  return join('cli', `${OPENED.exec(line ?? '')?.[1] ?? 'none'}.ts`);
}

/** They hold a token of Keboola themselves, and cannot do without what speaks with it. */
const WITH_TOKEN: readonly CommandName[] = ['demo', 'dev', 'worker', 'sandbox', 'doctor'];
/** They start servers and a worker, which take longer than to load anything. */
const WITH_STACK: readonly CommandName[] = ['demo', 'dev'];
const STACKLESS = COMMAND_NAMES.filter((name) => !WITH_STACK.includes(name));
const ASKING = COMMAND_NAMES.filter((name) => !WITH_TOKEN.includes(name));

describe.each(COMMAND_NAMES)('before %s begins', (command) => {
  const loaded = loadedBy('cli/main.ts', fileOf(command));

  test('its own file is loaded, and what all commands need', () => {
    expect([...loaded]).toEqual(expect.arrayContaining([fileOf(command), 'cli/program.ts', 'commander']));
  });

  test('nothing is loaded that draws over itself, which is for a terminal alone', () => {
    expect(loaded).not.toContain('log-update');
  });
});

test.each(STACKLESS)(
  '%s begins before the worker of the SDK is loaded, which takes longer than all else',
  (command) => {
    expect(loadedBy('cli/main.ts', fileOf(command))).not.toContain('@temporalio/worker');
  },
);

test.each(ASKING)('%s loads what speaks with Keboola only where it does so', (command) => {
  const loaded = loadedBy('cli/main.ts', fileOf(command));
  for (const module of ['undici', 'fastify', 'keboola/keboola.ts']) expect(loaded).not.toContain(module);
});
