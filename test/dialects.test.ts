import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DIALECTS } from '../eslint.rooms.js';
import { readImports } from '../scripts/rooms/imports.js';

const ROOT = new URL('../', import.meta.url);

/** What a dialect alone says: its own name, its paths, the fields of its documents, what lies behind its lists. */
const WORDS: Record<string, readonly RegExp[]> = {
  syrup: [
    /syrup/i,
    /\bdocker\b/i,
    /\/queue\//,
    /\bqueuev2\b/,
    /['"`]orchestrator['"`]/,
    /lockName/,
    /notOfApps/,
    /params\.(?:component|config)\b/,
    /elasticsearch|lucene/i,
  ],
  queue: [
    /\/search\/jobs/,
    /grouped-jobs/,
    /configRowIds/,
    /onlyFlowTaskIds/,
    /sync-actions/,
    /importedRowsCount/,
    /containerSize/,
    /\[\]'/,
  ],
};

/** Who may say such a word all the same, in which lines, and why. */
const EXCEPTIONS: readonly { file: string; lines?: RegExp; why: string }[] = [
  { file: 'src/sandbox/', why: 'it is a Keboola itself, and shares nothing with the rest' },
  { file: 'src/keboola/project/discover.ts', why: 'here it is decided which dialect a project speaks' },
  { file: 'src/keboola/connection/dialect.ts', why: 'it names them' },
  { file: 'src/keboola/keboola.ts', lines: /^import |OPEN:/, why: 'it opens the doors of the dialects' },
  { file: 'src/keboola/preview.ts', lines: /^import |PREVIEWS|: Dialect/, why: 'it opens them, too' },
  { file: 'src/keboola/route-of.ts', lines: /^import |routeMatcher\(/, why: 'it puts their templates together' },
  {
    file: 'src/job/questions.ts',
    lines: /^ {2}kind: /,
    why: 'the answer of `listComponents`, whose `uri` is told, too',
  },
  {
    file: 'src/input/schemas/run-job.ts',
    lines: /describe\(|docker components only/,
    why: 'sentences for authors, who know both kinds',
  },
  { file: 'src/input/call-path.ts', lines: /SYNCHRONOUS/, why: 'what authors give there is a path of Keboola' },
  { file: 'src/job/storage/loaded-rows.ts', why: 'a field of Storage, which both share' },
  { file: 'src/cli/demo/', why: 'it plays somebody who speaks to the sandbox directly' },
  { file: 'src/cli/commands/operate/demo.ts', lines: /fetch\(/, why: 'it plays such a one' },
];

it.each(DIALECTS)('nobody says a word of %s but its own room', (dialect) => {
  const { files } = readImports(ROOT);
  const found = files.flatMap((file) => wordsIn(dialect, file, readFileSync(new URL(file, ROOT), 'utf8')));
  expect(found).toEqual([]);
});

it.each([
  ['a path', "const url = new URL('/docker/keboola.ex-http/run', base);"],
  ['a path of its queue', 'return `/queue/job/${jobId}`;'],
  ['a field', "const lock = document['lockName'];"],
  ['its name', "if (dialect === 'syrup') return true;"],
  ['a feature of its projects', "features.includes('queuev2')"],
  ['an application of its own', "const UNLIMITED_APPS = ['orchestrator'];"],
  ['a field of its index', 'const q = `params.config:"${config}"`;'],
])('a word would be found above its room: %s', (_, line) => {
  expect(wordsIn('syrup', 'src/activities/wait/read-job.ts', `export {};\n${line}\n`)).toHaveLength(1);
  expect(wordsIn('syrup', 'src/keboola/jobs/job-api.ts', line)).toHaveLength(1);
  expect(wordsIn('syrup', 'src/keboola/syrup/run-route.ts', line)).toEqual([]);
});

it('a comment may say where a fact is from, and an exception holds for its lines alone', () => {
  expect(wordsIn('syrup', 'src/job/run-id.ts', '/**\n * As keboola/syrup has it.\n */\n  // So Syrup says.')).toEqual(
    [],
  );
  expect(wordsIn('syrup', 'src/input/call-path.ts', "if (app === 'docker') return undefined;")).toHaveLength(1);
});

function wordsIn(dialect: string, file: string, text: string): string[] {
  if (file.startsWith(`src/keboola/${dialect}/`)) return [];
  const exceptions = EXCEPTIONS.filter((exception) => file.startsWith(exception.file));
  return withoutComments(text)
    .split('\n')
    .filter((line) => WORDS[dialect]?.some((word) => word.test(line)))
    .filter((line) => !exceptions.some(({ lines }) => lines?.test(line) ?? true))
    .map((line) => `${file}: ${line.trim()}`);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
