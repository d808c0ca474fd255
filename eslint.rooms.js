/**
 * What each room of `src/` may import besides itself: arrows point one way (docs/architecture.md). A file `src/x.ts` is the
 * door of the room `src/x/`. `cli` is at the rim and may import every other room.
 */
export const ROOMS = {
  job: [],
  input: ['job'],
  temporal: ['job', 'input'],
  keboola: ['job', 'input'],
  activities: ['job', 'input', 'temporal', 'keboola'],
  workflows: ['job'],
  client: ['job', 'input', 'temporal'],
  sandbox: [],
  dev: ['job', 'sandbox'],
  settings: ['input', 'temporal', 'keboola', 'job'],
  worker: ['job', 'input', 'temporal', 'keboola', 'activities', 'settings'],
  operate: ['job', 'input', 'temporal', 'keboola', 'client', 'dev', 'worker'],
};

/** The rooms within a room: each may import those before it, so that no two can import each other. */
export const INNER_ROOMS = {
  job: [
    'times',
    'text',
    'tracing',
    'failure',
    'create',
    'wait',
    'guard',
    'metrics',
    'watch',
    'tree',
    'storage',
    'pipeline',
    'life',
    'carried',
  ],
  input: ['text', 'schemas', 'storage', 'pipeline'],
  keboola: ['http', 'tally', 'cached', 'connection', 'project', 'jobs', 'syrup', 'queue', 'storage'],
  activities: ['create', 'search', 'tree', 'wait', 'stop', 'questions', 'prepare', 'pipeline', 'storage', 'watch'],
  workflows: [
    'reset',
    'show',
    'tree',
    'search',
    'stop',
    'wait',
    'create',
    'prepare',
    'questions',
    'pipeline',
    'storage',
    'watch',
  ],
  client: ['handles'],
  worker: ['metrics', 'tracing'],
  temporal: ['encryption'],
  operate: ['service', 'codec', 'telemetry'],
  dev: ['install'],
  cli: ['text', 'exit', 'options', 'follow', 'pipeline', 'service', 'doctor', 'demo', 'stop', 'commands'],
  sandbox: ['fixture', 'storage', 'faults', 'world', 'answer', 'query', 'documents', 'record', 'api', 'http'],
};

/** The dialects of `src/keboola`, a folder each; only the files beside the folders may open one (`test/dialects.test.ts`). */
export const DIALECTS = ['syrup', 'queue'];

/** What a command may not use of `src/keboola`: it looks at connections, and what it checks is for `input` to know. */
const NOT_FOR_COMMANDS = ['cached', 'jobs', 'storage'];

const WHY = 'Arrows point one way (docs/architecture.md, eslint.rooms.js).';
const parts = (room) => [`./${room}`, `./${room}.ts`];

const acrossRooms = Object.entries(ROOMS).map(([room, allowed]) => ({
  target: parts(room).map((path) => path.replace('./', './src/')),
  from: './src',
  except: [room, ...allowed].flatMap(parts),
  message: `${room} may not import this room. ${WHY}`,
}));

const withinRooms = Object.entries(INNER_ROOMS).flatMap(([room, inner]) =>
  inner.map((name, at) => ({
    target: `./src/${room}/${name}`,
    from: inner.slice(at + 1).map((later) => `./src/${room}/${later}`),
    message: `${room}/${name} may not import this room. ${WHY}`,
  })),
);

const aroundDialects = DIALECTS.map((dialect) => ({
  target: [
    ...['cli', ...Object.keys(ROOMS)].filter((room) => room !== 'keboola').map((room) => `./src/${room}`),
    ...INNER_ROOMS.keboola.filter((room) => room !== dialect).map((room) => `./src/keboola/${room}`),
  ],
  from: [`./src/keboola/${dialect}`],
  message: `Only src/keboola/*.ts open a dialect; everybody else asks the ports in src/keboola/jobs. ${WHY}`,
}));

const commands = {
  target: './src/cli',
  from: NOT_FOR_COMMANDS.map((room) => `./src/keboola/${room}`),
  message: `A command checks with src/input, and looks at connections with src/keboola/connection. ${WHY}`,
};

/** What a workflow knows of its job is readonly to all but the functions that say what has happened. */
const writing = {
  target: [
    ...['cli', ...Object.keys(ROOMS)].filter((room) => room !== 'job').map((room) => `./src/${room}`),
    ...INNER_ROOMS.job.filter((room) => room !== 'life').map((room) => `./src/job/${room}`),
  ],
  from: './src/job/life/writable.ts',
  message: 'Only the functions of src/job/life write what a workflow knows of its job.',
};

/** Zones of the rule import-x/no-restricted-paths. */
export const zones = [
  ...acrossRooms,
  ...withinRooms.filter(({ from }) => from.length > 0),
  ...aroundDialects,
  commands,
  writing,
];
