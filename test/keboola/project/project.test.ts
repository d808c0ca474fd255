import { describe, expect, it } from 'vitest';
import { startFakeStack } from '../../support/fake-stack.js';
import { replies } from '../../support/replies.js';

const OWNER = { id: 7, name: 'Seven', features: ['queuev2'], limits: { 'components.jobsParallelism': { value: 9 } } };

async function factsOf(document: object): Promise<unknown> {
  const verify = replies.json(200, document);
  const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage/tokens/verify': verify } });
  return await keboola.facts();
}

describe('a project', () => {
  it.each([
    ['no name', { name: null }, { name: '' }],
    ['no features', { features: undefined }, { features: undefined }],
    ['features in a list with gaps', { features: { 1: 'queuev2', 4: 'new' } }, { features: ['queuev2', 'new'] }],
    ['no limits', { limits: null }, { jobsParallelism: undefined }],
    ['limits in an empty list', { limits: [] }, { jobsParallelism: undefined }],
    ['a limit without a value', { limits: { other: {}, 'components.jobsParallelism': { value: 9 } } }, {}],
    ['a limit that is nothing', { limits: { other: null, 'components.jobsParallelism': { value: 9 } } }, {}],
  ])('is known although its document has %s', async (_, odd, known) => {
    const usual = { id: '7', name: 'Seven', features: ['queuev2'], jobsParallelism: 9 };
    expect(await factsOf({ owner: { ...OWNER, ...odd } })).toEqual({ ...usual, ...known });
  });

  it.each([
    ['nothing of it', {}, {}],
    ['a role that is none', { admin: { role: 7 } }, {}],
    ['an empty list for nobody', { admin: [] }, {}],
    [
      'a description that is cut within a character',
      { description: `${'a'.repeat(99)}🦆` },
      { tokenDescription: `${'a'.repeat(99)}\ufffd` },
    ],
    ['access to everything', { componentAccess: [], canCreateJobs: null }, {}],
    [
      'all of it',
      { admin: { role: 'developer' }, canCreateJobs: false, componentAccess: { 0: 'a', 2: 'b' } },
      { role: 'developer', canCreateJobs: false, componentAccess: ['a', 'b'] },
    ],
  ])('is known whatever the token says of what it may do: %s', async (_, token, known) => {
    expect(await factsOf({ owner: { id: 7, name: 'Seven' }, ...token })).toEqual({ id: '7', name: 'Seven', ...known });
  });

  it.each([
    ['an id', { id: null }],
    ['features that can be read, which say what API its jobs have', { features: null }],
    ['features that are none', { features: 'queuev2' }],
  ])('is not known without %s', async (_, odd) => {
    await expect(factsOf({ owner: { ...OWNER, ...odd } })).rejects.toMatchObject({ kind: 'protocol' });
  });
});
