import { expect, it } from 'vitest';
import { costPicture } from '../../../../bench/cost/report/picture.js';

const rows = [{ key: 'plain', name: 'plain loop' }];

it('draws a decade of cost as far as any other, and what is extrapolated as a hollow point', () => {
  const cells = [0.01, 0.1, 1].map((total, at) => ({
    row: 'plain',
    seconds: 10 ** at,
    cpu: { total },
    kind: at === 2 ? ('counted' as const) : ('measured' as const),
  }));
  const svg = costPicture(cells, rows);
  const points = /<polyline [^>]*points="([^"]*)"/
    .exec(svg)?.[1]
    ?.split(' ')
    .map((point) => point.split(',').map(Number));
  const [[x0 = 0, y0 = 0] = [], [x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = points ?? [];
  expect(x2 - x1).toBeCloseTo(x1 - x0);
  expect(y1 - y0).toBeCloseTo(y2 - y1);
  expect(y2).toBeLessThan(y0);
  expect(svg.match(/fill="none"\/>/g)).toHaveLength(1);
});

it('leaves out what has no cost', () => {
  expect(costPicture([{ row: 'plain', seconds: 8, kind: 'counted' }], rows)).toContain('points=""');
});
