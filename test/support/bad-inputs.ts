import { QUEUE_V2, SYRUP, type Dialect } from './dialects.js';

export const GOOD_JOB = { component: 'keboola.ex-http', config: 'success' };

/** What an author gives, in words, as it is given, and what the answer must say. */
type BadInput = [what: string, input: unknown, words: string];

/** What only one of the job APIs refuses, and how a stack says that a project speaks it. */
export interface BadInputDialect extends Dialect {
  /** The project, and the service of its stack that runs jobs. */
  owner: { id: number; features: string[] };
  service: string;
  badInputs: BadInput[];
  /** What another API would have understood, all in one input, and what is said of each field. */
  notUnderstood: { input: Record<string, unknown>; fields: Record<string, string> };
}

export const BAD_INPUTS: BadInput[] = [
  ['nothing at all', undefined, 'expected a JSON object, got nothing'],
  ['null', null, 'expected a JSON object, got nothing'],
  ['a list', [GOOD_JOB], 'expected a JSON object, got a list'],
  ['a number', 42, 'expected a JSON object, got a number'],
  ['a text', JSON.stringify(GOOD_JOB), 'expected a JSON object, got a string'],
  ['an empty object', {}, 'component'],
  [
    'a component that the project does not have',
    { ...GOOD_JOB, component: 'keboola.ex-htp' },
    'Did you mean "keboola.ex-http"?',
  ],
  [
    'a configuration that the project does not have',
    { ...GOOD_JOB, config: 'succes' },
    'config: component "keboola.ex-http" has no configuration "succes". Did you mean "success"?',
  ],
  [
    'a row that the configuration does not have',
    { ...GOOD_JOB, rows: ['orders'] },
    'rows.0: configuration "success" of component "keboola.ex-http" has no row "orders".',
  ],
  ['no configuration', { component: GOOD_JOB.component }, 'config: names nothing to run: give "config"'],
  [
    'an unknown connection',
    { ...GOOD_JOB, connection: 'prod' },
    'Connection "prod" is not known to this worker; it knows "default"',
  ],
  ['a component of the wrong type', { ...GOOD_JOB, component: 5 }, 'component: '],
  ['a text for an inline configuration', { ...GOOD_JOB, configData: '{}' }, 'configData: '],
  ['an unknown field', { ...GOOD_JOB, confg: 'x' }, 'confg: unknown field'],
  ['a policy for children that there is not', { ...GOOD_JOB, children: 'watch' }, 'children: expected "observe" or "'],
  ['a run id that would break a header', { ...GOOD_JOB, parentRunId: '1\r\nx: y' }, 'parentRunId: not a run id'],
  [
    'both forms of values of variables',
    { ...GOOD_JOB, variableValuesId: '1', variableValuesData: { values: [] } },
    'variableValuesData: cannot be given together with "variableValuesId"',
  ],
  [
    'both forms of a later start',
    { ...GOOD_JOB, delay: '1m', delayedStartTime: '2026-11-28T07:00:00Z' },
    'delayedStartTime: cannot be given together with "delay"',
  ],
  [
    'more than a history holds',
    { ...GOOD_JOB, configData: { sql: 'x'.repeat(1_200_000) } },
    'store it as a configuration',
  ],
];

const NATIVE = { component: 'ex-db', config: 'sampledatabase' };
const FOR_DOCKER = 'is for docker components only';

const QUEUE_ONLY = {
  backend: { type: 'small' },
  parallelism: 'infinity',
  delay: '1m',
  delayedStartTime: '2026-11-28T07:00:00Z',
  flowTasks: ['1'],
};

const ON_SYRUP: BadInputDialect = {
  ...SYRUP,
  owner: { id: 1134, features: [] },
  service: 'syrup',
  badInputs: [
    ['more rows than one', { ...GOOD_JOB, rows: ['1', '2'] }, 'rows: a Syrup job runs exactly one row'],
    ...Object.entries(QUEUE_ONLY).map(([field, value]): BadInput => [
      `"${field}", which Syrup does not know`,
      { ...GOOD_JOB, [field]: value },
      `${field}: is for projects on Queue v2; this one runs its jobs on Syrup`,
    ]),
    [
      'a mode that Syrup does not know',
      { ...GOOD_JOB, mode: 'force-run' },
      'mode: "force-run" is for projects on Queue v2; this one runs its jobs on Syrup',
    ],
    ...['none', 'variable'].map((createFence): BadInput => [
      `a way to tell creations apart that Syrup does not have, "${createFence}"`,
      { ...GOOD_JOB, createFence },
      `createFence: "${createFence}" does not exist on Syrup, on which this project runs its jobs; use "run-id"`,
    ]),
    [
      'fields of its own for a docker component',
      { ...GOOD_JOB, params: { row: 1 } },
      'params: are for native applications only',
    ],
    [
      'a mode that native applications do not have',
      { ...NATIVE, mode: 'debug' },
      'mode: "debug" is for docker components only; this is a native application, its own fields go into "params"',
    ],
  ],
  notUnderstood: {
    input: { ...NATIVE, branchId: '1', tag: '2', rows: ['3'], variableValuesId: '4' },
    fields: { branchId: FOR_DOCKER, tag: FOR_DOCKER, rows: FOR_DOCKER, variableValuesId: FOR_DOCKER },
  },
};

const ON_QUEUE: BadInputDialect = {
  ...QUEUE_V2,
  owner: { id: 5555, features: ['queuev2'] },
  service: 'queue',
  badInputs: [
    ['rows beside an inline configuration', { ...GOOD_JOB, configData: {}, rows: ['1'] }, 'rows: would be ignored'],
    ['a backend without a type', { ...GOOD_JOB, backend: { context: 'x' } }, 'backend: needs a "type"'],
    ['tasks of what is no flow', { ...GOOD_JOB, flowTasks: ['1'] }, 'flowTasks: is for components "keboola.flow"'],
    [
      'a variable without a value',
      { ...GOOD_JOB, variableValuesData: { values: [{ name: 'day', value: '' }] } },
      'variableValuesData.values.0.value: is empty, which Queue v2 refuses',
    ],
    ['fields of a native application', { ...GOOD_JOB, params: { row: 1 } }, 'params: is for native applications'],
  ],
  notUnderstood: {
    input: { ...GOOD_JOB, params: { row: 1 }, flowTasks: ['1'], backend: { context: 'x' } },
    fields: { params: 'is for native applications', flowTasks: 'is for components', backend: 'needs a "type"' },
  },
};

export const BAD_INPUT_DIALECTS: readonly BadInputDialect[] = [ON_SYRUP, ON_QUEUE];
