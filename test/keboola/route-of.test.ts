import { describe, expect, it } from 'vitest';
import { routeOf } from '../../src/keboola/route-of.js';
import { routes } from '../../src/sandbox/api/routes.js';

/** Asked by nobody of us, by the names that the sandbox has for them. */
const NOT_ASKED = new Set([
  'options',
  'custom',
  'recentList',
  'rerunPlan',
  'lineage',
  'event',
  'eventCreate',
  'preview',
  'upload',
  'download',
  'subscriptionCreate',
  'subscriptions',
  'subscription',
  'subscriptionDelete',
]);
const ID = 'an-id.of-4711';

describe('the template of a path', () => {
  const asked = routes.filter(({ name, url }) => !NOT_ASKED.has(name) && url !== '/docker/run');

  it.each(asked.map(({ url }) => url))('is known and has no id of it: %s', (url) => {
    const template = routeOf(url.replace(/:\w+/g, ID));
    expect(template).not.toContain(ID);
    expect(KNOWN_AS_OTHER.some((pattern) => pattern.test(url)) || template !== 'other', template).toBe(true);
  });

  it('is found where a service lies below a path of its own', () => {
    expect(routeOf('/api/v1/jobs/186985832/kill')).toBe('/jobs/{id}/kill');
    expect(routeOf('/v2/storage/jobs/186985832')).toBe('/v2/storage/jobs/{id}');
  });

  it('is none for what an author calls by himself', () => {
    expect(routeOf('/ex-db/my-secret/configs/1')).toBe('other');
  });
});

/** Of Storage's long list, and never asked by us. */
const KNOWN_AS_OTHER = [
  /\/workspaces\/:workspace\/[a-z/-]+$/,
  /\/events$/,
  /\/tables$/,
  /branch\/:branch\/components$/,
];
