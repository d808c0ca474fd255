import { expect, it } from 'vitest';
import { idInLink } from '../../src/client/id-in-link.js';

it.each([
  ['186985832', { id: '186985832' }],
  ['keboola/default/ex-db/sampledatabase', { id: 'keboola/default/ex-db/sampledatabase' }],
  ['https://connection.keboola.com/admin/projects/1134/queue/186985832', { id: '186985832', project: '1134' }],
  ['https://connection.keboola.com/admin/projects/1134/jobs/186985832/', { id: '186985832', project: '1134' }],
  ['https://queue.keboola.com/jobs/186985832?x=1#log', { id: '186985832' }],
  ['https://syrup.keboola.com/queue/job/186985832', { id: '186985832' }],
  ['http://localhost:8233/namespaces/my%20own/workflows/a%2Fb/history', { id: 'a/b', namespace: 'my own' }],
  [
    'http://localhost:8233/namespaces/default/workflows/a%2Fb/01a22977-c126-7aea-886b-f3301c58280e/history',
    { id: 'a/b', namespace: 'default', runId: '01a22977-c126-7aea-886b-f3301c58280e' },
  ],
  ['http://localhost:8233/namespaces/default/workflows/a', { id: 'a', namespace: 'default' }],
])('%s is read', (text, named) => {
  expect(idInLink(text)).toEqual(named);
});

it.each([
  'https://connection.keboola.com/admin/projects/1134',
  'https://connection.keboola.com/admin/projects/1134/queue/abc',
  'http://localhost:8233/namespaces/default/workflows/%E0%A4%A',
  'http://',
])('%s names nothing', (link) => {
  expect(idInLink(link)).toBeUndefined();
});
