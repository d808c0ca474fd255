import { expect, it } from 'vitest';
import { roleWarning } from '../../../src/keboola/project/role-warning.js';
import type { ProjectFacts } from '../../../src/keboola/project/project.js';

const FREE: ProjectFacts = { id: '7', name: 'Seven', features: ['queuev2'] };
const GUARDED: ProjectFacts = { ...FREE, features: ['queuev2', 'protected-default-branch'] };

it.each<[string, ProjectFacts]>([
  ['a user of an ordinary project', { ...FREE, role: 'developer' }],
  ['nobody in an ordinary project', { ...FREE, canCreateJobs: false }],
  ['nobody who may create jobs', { ...GUARDED, canCreateJobs: true }],
  ['nobody of whom it is not told', GUARDED],
])('nothing is said of the token of %s', (_, facts) => {
  expect(roleWarning(facts)).toBeUndefined();
});

it.each<[string, ProjectFacts, RegExp]>([
  ['who may only read', { ...FREE, role: 'readOnly' }, /"readOnly" may only look on: /],
  ['who may not create jobs', { ...GUARDED, canCreateJobs: false }, /may not create jobs \("canCreateJobs"\)/],
  ['who develops', { ...GUARDED, role: 'developer' }, /"developer" may run jobs on development branches alone\.$/],
  ['who reviews', { ...GUARDED, role: 'reviewer' }, /"reviewer" may run jobs on development branches alone\.$/],
  [
    'who runs what is protected',
    { ...GUARDED, role: 'productionManager' },
    /"productionManager" may run jobs there alone/,
  ],
  ['who may do anything else', { ...GUARDED, role: 'admin' }, /"admin" may not run jobs there, nor on development/],
  ['of a role that nobody has thought of', { ...GUARDED, role: 'constructor' }, /"constructor" may not run jobs there/],
])('it is said where the token of one %s cannot run jobs', (_, facts, words) => {
  expect(roleWarning(facts)).toMatch(words);
});
