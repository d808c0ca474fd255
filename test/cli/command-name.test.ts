import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asTypedHere } from '../../src/cli/command-name.js';
import { createProgram } from '../../src/cli/program.js';
import { tempFolder } from '../support/temp-folder.js';

describe('a hint names a command as it works where the person stands', () => {
  const hint = "watch it with `keboola-temporal follow 'x'`";

  it('by its name, where the shell finds it', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'keboola-temporal'), '');
    expect(asTypedHere(hint, ['/nowhere', folder].join(delimiter))).toBe(hint);
  });

  it('through npx in a project or a clone, also while npm has put the folders of packages on the path', async () => {
    const packages = join(await tempFolder(), 'node_modules', '.bin');
    await mkdir(packages, { recursive: true });
    await writeFile(join(packages, 'keboola-temporal'), '');
    for (const path of ['', '/nowhere', packages]) {
      expect(asTypedHere(hint, path)).toBe("watch it with `npx --no-install keboola-temporal follow 'x'`");
    }
  });

  it('knows every command there is', async () => {
    for (const command of (await createProgram(false)).commands) {
      expect(asTypedHere(`keboola-temporal ${command.name()}`, '')).toMatch(/^npx --no-install /);
    }
  });

  it('knows a command behind options of the whole program', () => {
    expect(asTypedHere('keboola-temporal -c queue --json run a', '')).toBe(
      'npx --no-install keboola-temporal -c queue --json run a',
    );
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
