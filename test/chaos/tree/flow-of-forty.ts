import type { FixtureInput } from '../../../src/sandbox/index.js';

type Configuration = NonNullable<NonNullable<FixtureInput['projects']>[number]['configurations']>[number];

const TASKS_OF_PHASES = [9, 9, 9, 8];
/** The flow, a job for each phase, and one for each task. */
export const FLOW_JOBS = 1 + TASKS_OF_PHASES.length + TASKS_OF_PHASES.reduce((sum, tasks) => sum + tasks, 0);
export const FLOW = { component: 'keboola.orchestrator', config: 'forty' };
const TASK = { component: 'keboola.ex-http', id: 'one-second', name: 'One second', script: { durationSeconds: 1 } };
const PROJECT = 5555;

/** Adds a flow of forty jobs to the project on Queue v2: four phases one after another, their tasks side by side. */
export function withFlowOfForty(fixture: FixtureInput): FixtureInput {
  const projects = (fixture.projects ?? []).map((project) =>
    project.id === PROJECT
      ? { ...project, configurations: [...(project.configurations ?? []), TASK, flowOfForty()] }
      : project,
  );
  return { ...fixture, projects };
}

function flowOfForty(): Configuration {
  const task = { componentId: TASK.component, configId: TASK.id, mode: 'run' };
  const phases = TASKS_OF_PHASES.map((_tasks, at) => ({
    id: at + 1,
    name: `Phase ${at + 1}`,
    dependsOn: at === 0 ? [] : [at],
  }));
  const tasks = TASKS_OF_PHASES.flatMap((count, at) =>
    Array.from({ length: count }, (_, of) => ({ id: 100 * (at + 1) + of, name: `Task ${of}`, phase: at + 1, task })),
  );
  return { component: FLOW.component, id: FLOW.config, name: 'Forty jobs', configuration: { phases, tasks } };
}
