// Draws what `npm run demo` prints as docs/pictures/demo.svg: the picture in the README is the program's own output.
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import process, { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const PICTURE = new URL('../docs/pictures/demo.svg', import.meta.url);
const CELL = { width: 8.43, height: 19 };
const MARGIN = 18;
const BAR_HEIGHT = 34;
const COLOURS = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 35: '#d2a8ff', 36: '#79c0ff' };
const PLAIN = '#e6edf3';

const output = await demoOutput();
const lines = ['$ npm ci && npm run demo', ...output.trimEnd().split('\n')];
await writeFile(PICTURE, picture(lines));

function demoOutput() {
  return new Promise((resolve, reject) => {
    const demo = spawn(execPath, [CLI, 'demo'], { env: { ...env, FORCE_COLOR: '1' } });
    let text = '';
    demo.stdout.on('data', (chunk) => (text += chunk));
    demo.stderr.on('data', (chunk) => process.stderr.write(chunk));
    demo.on('error', reject);
    demo.on('exit', (code) => (code === 0 ? resolve(text) : reject(new Error(`the demo ended with ${code}`))));
  });
}

function picture(texts) {
  const rows = texts.map(runsOf);
  const columns = Math.max(...rows.map((runs) => runs.reduce((sum, { text }) => sum + [...text].length, 0)));
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = rows.length * CELL.height + BAR_HEIGHT + 2 * MARGIN;
  const drawn = rows.map((runs, row) => rowSvg(runs, BAR_HEIGHT + MARGIN + (row + 0.75) * CELL.height));
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, i) => `<circle cx="${20 + i * 20}" cy="17" r="6" fill="${fill}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
    ...dots,
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" xml:space="preserve">`,
    ...drawn.flat(),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Every run is laid at its own place, so that the grid holds whatever the font's width is. */
function rowSvg(runs, y) {
  let column = 0;
  return runs.map(({ text, colour, bold }) => {
    const x = MARGIN + column * CELL.width;
    const length = [...text].length;
    column += length;
    if (text.trim() === '') return '';
    const weight = bold ? ' font-weight="700"' : '';
    const size = `textLength="${(length * CELL.width).toFixed(1)}"`;
    return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${size} fill="${colour}"${weight}>${escaped(text)}</text>`;
  });
}

/** Splits a line with ANSI colours into runs of one look. */
function runsOf(line) {
  const runs = [];
  let look = { colour: PLAIN, bold: false };
  for (const [, code, text] of line.matchAll(/(?:\u001B\[(\d+)m)|([^\u001B]+)/g)) {
    if (text !== undefined) runs.push({ text, ...look });
    else look = lookAfter(Number(code), look);
  }
  return runs;
}

function lookAfter(code, look) {
  if (code === 1) return { ...look, bold: true };
  if (code === 22) return { ...look, bold: false };
  return { ...look, colour: COLOURS[code] ?? PLAIN };
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
