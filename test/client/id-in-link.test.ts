import { expect, it } from 'vitest';
import { idInLink } from '../../src/client/id-in-link.js';

it.each([
  ['186985832', '186985832'],
  ['keboola/default/ex-db/sampledatabase', 'keboola/default/ex-db/sampledatabase'],
  ['https://connection.keboola.com/admin/projects/1134/queue/186985832', '186985832'],
  ['https://connection.keboola.com/admin/projects/1134/jobs/186985832/', '186985832'],
  ['https://queue.keboola.com/jobs/186985832?x=1#log', '186985832'],
  ['https://syrup.keboola.com/queue/job/186985832', '186985832'],
  [
    'http://localhost:8233/namespaces/default/workflows/keboola%2Fdefault%2Fex-db/0199/history',
    'keboola/default/ex-db',
  ],
  ['http://localhost:8233/namespaces/default/workflows/a', 'a'],
])('%s names %s', (text, id) => {
  expect(idInLink(text)).toBe(id);
});

it.each([
  'https://connection.keboola.com/admin/projects/1134',
  'https://connection.keboola.com/admin/projects/1134/queue/abc',
  'http://localhost:8233/namespaces/default/workflows/%E0%A4%A',
  'http://',
])('%s names nothing', (link) => {
  expect(idInLink(link)).toBeUndefined();
});
