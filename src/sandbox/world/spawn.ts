import { resolveChild } from '../fixture/resolve-script.js';
import type { ChildScript } from '../fixture/script-schema.js';
import { createJob } from './create-job.js';
import type { Job } from './job-record.js';
import { nestingLevel } from './run-id.js';
import { childEnded } from './life.js';
import { submitQueueJob } from './queue/queue-job.js';
import type { World } from './world.js';

/** A configuration may spawn itself; real jobs nest no deeper than three levels. */
const NESTING_MAX = 10;

/** A running parent creates one of its children, under its own run id and with its own token. */
export function spawn(world: World, parent: Job, position: number): void {
  const child = parent.script.children?.[position];
  if (child === undefined || parent.facts.status !== 'processing') return;
  if (nestingLevel(parent.facts.runId) >= NESTING_MAX || !tryCreate(world, parent, child)) {
    childEnded(world, parent, 'error');
  }
}

function tryCreate(world: World, parent: Job, child: ChildScript): boolean {
  const component = world.fixture.component(child.component);
  if (component === undefined || world.isFull()) return false;
  const config = child.config === undefined ? {} : { config: child.config };
  const { project, token } = parent;
  const asked = {
    project,
    token,
    runIdPrefix: parent.facts.runId,
    script: resolveChild(world.fixture, project, component, child),
    parent: { id: parent.facts.id, attempt: parent.attempt },
  };
  if (parent.facts.queue !== undefined) {
    return submitQueueJob(world, { ...asked, request: { ...config, component: component.id } }) !== undefined;
  }
  const params = component.kind === 'docker' ? { ...config, component: component.id, mode: 'run' } : config;
  createJob(world, { ...asked, component, params });
  return true;
}
