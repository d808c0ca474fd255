import { expect, it } from 'vitest';
import type { JobView } from '../../../../src/job/job-view.js';
import { UNFINISHED_STATUSES } from '../../../../src/job/wait/status.js';
import { readPages, type Rows } from '../../../../src/keboola/queue/search/pages.js';
import { searchQuery } from '../../../../src/keboola/queue/search/search-query.js';

const OPEN = searchQuery({ statuses: UNFINISHED_STATUSES });
const ALL = searchQuery({});

/** A list, newest first, of which the first jobs end after every answer and leave it. */
function shrinking(
  count: number,
  endedEach: number,
): { ask: (query: URLSearchParams) => Promise<Rows>; left: string[] } {
  const left = Array.from({ length: count }, (_, at) => String(count - at));
  const ask = (query: URLSearchParams): Promise<Rows> => {
    const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
    const views = left.slice(offset, offset + limit).map((jobId) => ({ jobId }) as JobView);
    left.splice(0, endedEach);
    return Promise.resolve({ views, count: views.length });
  };
  return { ask, left };
}

it('a list of unfinished jobs shows every one that runs all the time, though others end while it is read', async () => {
  const { ask, left } = shrinking(450, 15);
  const { views, isWhole } = await readPages(ask, OPEN);
  const seen = new Set(views.map(({ jobId }) => jobId));
  expect([isWhole, left.filter((jobId) => !seen.has(jobId))]).toEqual([true, []]);
});

it('a list of all jobs is read page after page, each row once', async () => {
  const offsets: (string | null)[] = [];
  const { ask } = shrinking(250, 0);
  const counted = (query: URLSearchParams): Promise<Rows> => {
    offsets.push(query.get('offset'));
    return ask(query);
  };
  expect((await readPages(counted, ALL)).views).toHaveLength(250);
  expect(offsets).toEqual(['0', '100', '200']);
});

it('a list is read whole as far as it counts where a page is the last of use', async () => {
  const { ask } = shrinking(450, 0);
  const isPast = ({ views }: Rows): boolean => views.some(({ jobId }) => jobId === '300');
  const { views, isWhole } = await readPages(ask, ALL, { isPast });
  expect([views.length, isWhole]).toEqual([200, true]);
});
