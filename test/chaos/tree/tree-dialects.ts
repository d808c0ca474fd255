import type { TaskInput } from '../../../src/job/pipeline/input.js';
import type { FixtureInput } from '../../../src/sandbox/index.js';
import type { Environment } from '../../support/processes.js';
import { CHILDREN, PARENTS } from './forty-jobs.js';

/** How the parents of a tree come to have children, which each API does in its own way. */
export interface TreeDialect {
  name: string;
  /** Of the worker. */
  environment: Environment;
  /** What the sandbox is to have besides what is built in. */
  fixture: (builtIn: FixtureInput) => FixtureInput;
  /** Runs one of `PARENTS`. */
  parent: (id: string) => TaskInput['job'];
  /** At how many instants trees are cancelled, and workers killed. */
  cancels: number;
  kills: number;
}

const COMPONENT = 'keboola.ex-http';
const SECOND = { durationSeconds: 1 };

/** A job says itself which ones it starts. */
const ON_SYRUP: TreeDialect = {
  name: 'Syrup',
  environment: {},
  cancels: 20,
  kills: 10,
  fixture: (builtIn) => builtIn,
  parent: () => {
    const children = Array.from({ length: CHILDREN }, () => ({ component: COMPONENT, ...SECOND }));
    return { component: COMPONENT, configData: { parameters: { sandbox: { ...SECOND, children } } } };
  },
};

/** A container, of which each row is a job that names it as its parent. Fewer, as flows are cancelled by a test of their own. */
const ON_QUEUE: TreeDialect = {
  name: 'Queue v2',
  environment: { KBC_TOKEN: '5555-1-queue' },
  cancels: 4,
  kills: 2,
  fixture: (builtIn) => {
    const projects = (builtIn.projects ?? []).map((project) =>
      project.id === 5555
        ? { ...project, configurations: [...(project.configurations ?? []), ...PARENTS.map(container)] }
        : project,
    );
    return { ...builtIn, projects };
  },
  parent: (config) => ({ component: COMPONENT, config }),
};

type Configuration = NonNullable<NonNullable<FixtureInput['projects']>[number]['configurations']>[number];

/** Each parent has a configuration of its own: jobs of one and the same wait for each other. */
function container(id: string): Configuration {
  const rows = Array.from({ length: CHILDREN }, (_, at) => ({ id: `row-${at}`, script: SECOND }));
  return { component: COMPONENT, id, configuration: { runtime: { parallelism: 'infinity' } }, rows };
}

export const TREE_DIALECTS: readonly TreeDialect[] = [ON_SYRUP, ON_QUEUE];
