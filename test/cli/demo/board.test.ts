import { afterAll, expect, it } from 'vitest';
import { openPane, type Pane } from '../../support/tmux.js';

const BUILT = new URL('../../../dist/', import.meta.url).href;

const panes: Pane[] = [];
afterAll(async () => {
  await Promise.all(panes.map((pane) => pane.close()));
});

async function openScript(script: string): Promise<Pane> {
  const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' };
  const pane = await openPane([process.execPath, '--input-type=module', '-e', script], { columns: 80, rows: 30 }, env);
  panes.push(pane);
  return pane;
}

it('the board of `demo` is gone when it is closed, however wide its lines have become', async () => {
  const pane = await openScript(`
    const { openBoard } = await import('${BUILT}cli/demo/board.js');
    const rows = Array.from({ length: 20 }, (_, at) => ({ title: 'run number ' + at, api: 'Queue v2', line: 'starting' }));
    // At the end of the screen a cursor moves down no further.
    console.log('begins\\n'.repeat(29));
    const board = await openBoard(rows, { live: true });
    for (let at = 0; at < 100; at += 1) {
      rows[(at * 7) % 20].line = 'running' + ' because of a long word'.repeat(at % 6);
      board.changed();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    board.close();
    console.log('is over');
  `);
  const { lines } = await pane.ended();
  expect(lines.filter((line) => line !== 'begins' && line !== '')).toEqual(['is over']);
  expect(lines.filter((line) => line === 'begins')).toHaveLength(29);
});

it('a drawing is what was drawn last, also where a line in its midst takes more lines than before', async () => {
  const pane = await openScript(`
    const { openDrawing } = await import('${BUILT}operate/terminal.js');
    const { draw, done } = await openDrawing();
    for (const width of [1, 200, 5, 90, 3, 170, 2]) draw(['first', 'x'.repeat(width), 'third', 'fourth'].join('\\n'));
    done();
    console.log('is over');
  `);
  expect((await pane.ended()).lines).toEqual(['first', 'xx', 'third', 'fourth', 'is over']);
});
