import { INNER_ROOMS } from '../../eslint.rooms.js';
import { essential, roomOf } from './imports.js';

/** Doors and declarations that are no rooms. */
const NO_ROOMS = ['index', 'types'];
const [WIDTH, BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN] = [1_000, 210, 84, 30, 62, 40];
const WORDS_IN_LINE = 4;

const STYLE = `
    text { font-family: system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif; fill: #1f2328; }
    .name { font-size: 17px; font-weight: 650; }
    .inner { font-size: 12px; fill: #59636e; }
    .ground { fill: #ffffff; stroke: #d1d9e0; }
    .room { fill: #e1f1ff; stroke: #2f81d6; }
    .arrow { fill: none; stroke: #4d5661; stroke-width: 1.5; marker-end: url(#head); }
    #head path { fill: #4d5661; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .inner { fill: #9aa4af; }
      .ground { fill: #0d1117; stroke: #30363d; }
      .room { fill: #10243a; stroke: #4a9df0; }
      .arrow { stroke: #b1bac4; }
      #head path { fill: #b1bac4; }
    }`;

/** The rooms of `src/` and who imports whom, as SVG; an arrow that follows from others is left out. */
export function drawRooms({ files, imports }) {
  const rooms = [...new Set(files.map(roomOf))].filter((room) => !NO_ROOMS.includes(room));
  const arrows = essential(roomArrows(imports, rooms));
  const rows = rowsOf(rooms, arrows);
  const boxes = new Map(rows.flatMap((row, y) => row.map((room, x) => [room, boxAt(x, y, row.length)])));
  const height = 2 * MARGIN + rows.length * (BOX_HEIGHT + GAP_Y) - GAP_Y;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">`,
    '  <title id="title">The rooms of src and who imports whom</title>',
    `  <desc id="desc">${arrows.map(([from, to]) => `${from} imports ${to}`).join('; ')}.</desc>`,
    `  <style>${STYLE}\n  </style>`,
    '  <defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 1 L10 5 L0 9 z"/></marker></defs>',
    `  <rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="12"/>`,
    ...arrows.map(([from, to]) => `  ${arrowSvg(boxes.get(from), boxes.get(to))}`),
    ...[...boxes].map(([room, box]) => boxSvg(room, box)),
    '</svg>\n',
  ].join('\n');
}

function roomArrows(imports, rooms) {
  const pairs = imports.map(({ from, to }) => [roomOf(from), roomOf(to)]);
  const known = pairs.filter(([from, to]) => from !== to && rooms.includes(from) && rooms.includes(to));
  return [...new Set(known.map((pair) => pair.join(' ')))].sort().map((pair) => pair.split(' '));
}

/** Each room above all that it imports. */
function rowsOf(rooms, arrows) {
  const depths = new Map();
  const depth = (room) => {
    if (!depths.has(room)) {
      const below = arrows.filter(([from]) => from === room).map(([, to]) => depth(to));
      depths.set(room, below.length === 0 ? 0 : Math.max(...below) + 1);
    }
    return depths.get(room);
  };
  const deepest = Math.max(...rooms.map(depth));
  return Array.from({ length: deepest + 1 }, (_, row) => rooms.filter((room) => depth(room) === deepest - row).sort());
}

function boxAt(x, y, count) {
  const width = count * BOX_WIDTH + (count - 1) * GAP_X;
  return { x: (WIDTH - width) / 2 + x * (BOX_WIDTH + GAP_X), y: MARGIN + y * (BOX_HEIGHT + GAP_Y) };
}

function arrowSvg(from, to) {
  const [x1, y1, x2, y2] = [from.x + BOX_WIDTH / 2, from.y + BOX_HEIGHT, to.x + BOX_WIDTH / 2, to.y];
  const bend = Math.max(30, (y2 - y1) / 2);
  return `<path class="arrow" d="M${x1} ${y1} C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}"/>`;
}

function boxSvg(room, { x, y }) {
  const inner = INNER_ROOMS[room] ?? [];
  const lines = Array.from({ length: Math.ceil(inner.length / WORDS_IN_LINE) }, (_, at) =>
    inner.slice(at * WORDS_IN_LINE, (at + 1) * WORDS_IN_LINE).join(' · '),
  );
  const texts = lines.map((line, at) => `<text class="inner" x="${x + 14}" y="${y + 44 + at * 15}">${line}</text>`);
  const name = `<text class="name" x="${x + 14}" y="${y + 25}">${room}</text>`;
  return `  <rect class="room" x="${x}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="10"/>${name}${texts.join('')}`;
}
