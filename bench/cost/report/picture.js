import { durationText } from './table.js';

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [860, 480, 70, 40, 250, 60];
const COLORS = ['#59636e', '#0a7ea4', '#bf3989', '#bc6c00', '#1a7f37', '#2f81d6', '#8250df'];
const STYLE = `
    text { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif; fill: #1f2328; }
    .ground { fill: #ffffff; stroke: #d1d9e0; }
    .grid { stroke: #d1d9e0; }
    .line { fill: none; stroke-width: 2; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .ground { fill: #0d1117; stroke: #30363d; }
      .grid { stroke: #30363d; }
    }`;

/**
 * Cost against duration as SVG, both axes logarithmic: a full point is measured, a hollow one extrapolated.
 *
 * @param cells as `cellFigures` and `countedFigures` make them; those without processor time are left out.
 */
export function costPicture(cells, rows) {
  const points = cells.flatMap(({ row, seconds, kind, cpu }) =>
    cpu && cpu.total > 0 ? [{ row, seconds, kind, cost: cpu.total * 1_000 }] : [],
  );
  const x = logScale(
    points.map(({ seconds }) => seconds),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = logScale(decadesAround(points.map(({ cost }) => cost)), HEIGHT - BOTTOM, TOP);
  const durations = [...new Set(points.map(({ seconds }) => seconds))];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title">`,
    '  <title id="title">Processor time of 1,000 jobs against their duration</title>',
    `  <style>${STYLE}\n  </style>`,
    `  <rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="12"/>`,
    `  <text x="${LEFT}" y="${TOP - 14}">CPU seconds per 1,000 jobs (server, worker, client); hollow: extrapolated by counted reads</text>`,
    ...decadesAround(points.map(({ cost }) => cost)).map((cost) => costLine(cost, y(cost))),
    ...durations.map(
      (seconds) =>
        `  <text x="${x(seconds)}" y="${HEIGHT - BOTTOM + 26}" text-anchor="middle">${durationText(seconds)}</text>`,
    ),
    ...rows.flatMap((row, at) => {
      const own = points.filter((point) => point.row === row.key).sort((a, b) => a.seconds - b.seconds);
      const places = own.map(({ seconds, cost, kind }) => ({ x: x(seconds), y: y(cost), kind }));
      return rowSvg(row.name, places, COLORS[at % COLORS.length], TOP + 20 + at * 24);
    }),
    '</svg>\n',
  ].join('\n');
}

function rowSvg(name, places, color, legendY) {
  const dot = ({ x, y, kind }) =>
    `  <circle cx="${x}" cy="${y}" r="5" stroke="${color}" stroke-width="2" fill="${kind === 'counted' ? 'none' : color}"/>`;
  const legend = { x: WIDTH - RIGHT + 30, y: legendY, kind: 'measured' };
  return [
    `  <polyline class="line" stroke="${color}" points="${places.map(({ x, y }) => `${x},${y}`).join(' ')}"/>`,
    ...places.map(dot),
    `${dot(legend)}<text x="${legend.x + 14}" y="${legendY + 5}">${name}</text>`,
  ];
}

function costLine(cost, y) {
  const line = `  <line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/>`;
  return `${line}<text x="${LEFT - 10}" y="${y + 4}" text-anchor="end">${cost}</text>`;
}

/** The powers of ten from below the least to above the largest. */
function decadesAround(values) {
  if (values.length === 0) return [];
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));
}

function logScale(values, from, to) {
  const [least, most] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  const share = (value) => (most > least ? (Math.log(value) - least) / (most - least) : 0.5);
  return (value) => Math.round(10 * (from + share(value) * (to - from))) / 10;
}
