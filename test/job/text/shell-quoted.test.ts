import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellQuoted } from '../../../src/job/text/shell-quoted.js';

it.each(["keboola/default/ex-db/it's", "''", '$(id) `id` "x" \\ !', 'a\nb', ''])(
  '%j comes back from a shell as it is',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuoted(text)}`]).toString()).toBe(text);
  },
);
