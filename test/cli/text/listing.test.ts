import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { drawnListing, listing } from '../../../src/cli/text/listing.js';

const HEAD = ['job', 'status', 'workflow', 'started'];
const ID = 'keboola/default/keboola.snowflake-transformation/a-configuration-with-a-rather-long-id;key=nightly-2026';
const ROWS = [
  ['186985832', 'success', 'keboola/default/ex-db/sampledatabase', '4 min ago'],
  ['', 'running', ID, '2 h 5 min ago'],
];

function linesOf(width: number): string[] {
  return stripVTControlCharacters(drawnListing(HEAD, ROWS, width)).split('\n');
}

describe('a list at a terminal', () => {
  it('gives up its frame before it breaks an id, so that it can be copied', () => {
    const lines = listing(HEAD, ROWS, 80).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain(` ${ID} `);
    expect(lines.join('')).not.toContain('│');
  });

  it('breaks words before it gives up its frame', () => {
    const text = listing(['id', 'why'], [['keboola.ex-http', 'because '.repeat(20).trim()]], 60);
    expect(text).toMatch(/│ keboola\.ex-http │ because because/);
    expect(
      Math.max(
        ...stripVTControlCharacters(text)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(60);
  });
});

describe('a list that is drawn over', () => {
  it('is without its frame where an id fits in then, so that it can be copied', () => {
    const rows = [['186985832', 'success', 'keboola/default/keboola.ex-db-mysql/7354876345', '4 min ago']];
    expect(drawnListing(HEAD, rows, 80).split('\n')).toEqual([
      'job        status   workflow                                        started',
      '186985832  success  keboola/default/keboola.ex-db-mysql/7354876345  4 min ago',
    ]);
  });

  it('has each id in a line of its own where it fits in nowhere else', () => {
    expect(linesOf(110)).toEqual([
      'job        status   started',
      'workflow',
      '186985832  success  4 min ago',
      'keboola/default/ex-db/sampledatabase',
      '-          running  2 h 5 min ago',
      ID,
    ]);
  });

  it.each([80, 100, 60])('is no wider than its %i columns, and loses nothing of an id', (width) => {
    const lines = linesOf(width);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    const cells = lines.map((line) => line.split('│')[3]?.trim() ?? '');
    expect(cells.join('')).toContain(ID);
  });

  it('keeps what is painted whole beside an id that has to go on in the next line', () => {
    // As `colors` paints, also where the tests have no colours.
    const painted = '\u001b[1;2;3;4;36mprocessing\u001b[1;2;3;4;39m';
    const text = drawnListing(HEAD, [['186985832', painted, ID, '4 min ago']], 80);
    expect(text).toContain(` ${painted} `);
    expect(text.split('\u001b[1;2;3;4;')).toHaveLength(3);
  });

  it('takes no more room than it needs', () => {
    expect(Math.max(...linesOf(1_000).map((line) => line.length))).toBeLessThan(ID.length + 60);
  });
});

describe('a list that a program reads', () => {
  it('is one row per line, without a rule and a colour, and no empty cell moves a column', () => {
    const lines = listing(HEAD, ROWS, undefined).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.map((line) => line.split(/ +/).slice(0, 3))).toEqual([
      ['job', 'status', 'workflow'],
      ['186985832', 'success', 'keboola/default/ex-db/sampledatabase'],
      ['-', 'running', ID],
    ]);
    expect(lines.join('')).not.toMatch(/[│─\u001b]/);
  });

  it('has blanks in its last column alone', () => {
    const [, row = ''] = listing(['a', 'b'], [['one two', 'three four']], undefined).split('\n');
    expect(row.split(/ {2,}/)).toEqual(['one_two', 'three four']);
  });
});
