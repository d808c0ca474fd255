import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asTypedHere } from '../../src/cli/command-name.js';
import { createProgram } from '../../src/cli/program.js';

let folder: string;
let installed: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keboola-temporal-path-'));
  installed = join(folder, 'keboola-temporal');
  await writeFile(installed, '');
});
afterAll(() => rm(folder, { recursive: true }));

describe('a hint names a command as it works where the person stands', () => {
  const hint = "watch it with `keboola-temporal follow 'x'`";

  it('by its name, where the shell finds it', () => {
    expect(asTypedHere(hint, ['/nowhere', folder].join(delimiter))).toBe(hint);
  });

  it('through npx in a project or a clone, also while npm has put the folders of packages on the path', () => {
    for (const path of ['', '/nowhere', `${folder}/node_modules/.bin`]) {
      expect(asTypedHere(hint, path)).toBe("watch it with `npx --no-install keboola-temporal follow 'x'`");
    }
  });

  it('knows every command there is', () => {
    for (const command of createProgram(false).commands) {
      expect(asTypedHere(`keboola-temporal ${command.name()}`, '')).toMatch(/^npx --no-install /);
    }
  });

  it('leaves alone what it has changed, and the product, whose name is no command', () => {
    for (const text of [
      'npx --no-install keboola-temporal dev',
      'names that keboola-temporal needs',
      '/opt/keboola-temporal/dev',
    ]) {
      expect(asTypedHere(text, '')).toBe(text);
    }
  });
});
