import { builtInFixture, type FixtureInput } from '../../src/sandbox/index.js';

type Configurations = NonNullable<NonNullable<FixtureInput['projects']>[number]['configurations']>;

/** What is built into the sandbox, with more configurations in each of its projects. */
export function builtInWith(configurations: Configurations): FixtureInput {
  const projects = builtInFixture.projects.map((project) => ({
    ...project,
    configurations: [...(project.configurations ?? []), ...configurations],
  }));
  return { ...builtInFixture, projects };
}

export const FLOW_OF_TWO = { component: 'keboola.flow', config: 'two-phases' };

const FIRST_SUCCEEDED = {
  type: 'operator',
  operator: 'EQUALS',
  operands: [
    { type: 'phase', phase: 'load', value: 'status' },
    { type: 'const', value: 'success' },
  ],
};

/** A flow whose first task fails, so that the second one is not run, unless both are run by themselves. */
export const flowOfTwo: Configurations[number] = {
  component: FLOW_OF_TWO.component,
  id: FLOW_OF_TWO.config,
  configuration: {
    phases: [{ id: 'load', next: [{ id: 'then', condition: FIRST_SUCCEEDED, goto: 'tell' }] }, { id: 'tell' }],
    tasks: [
      { id: 'orders', name: 'Orders', phase: 'load', task: taskOf('keboola.ex-db-mysql', 'user-error') },
      { id: 'report', name: 'Report', phase: 'tell', task: taskOf('keboola.ex-http', 'success') },
    ],
  },
};

function taskOf(componentId: string, configId: string): Record<string, string> {
  return { type: 'job', componentId, configId, mode: 'run' };
}
