import type { Fixture } from '../fixture/fixture.js';
import { scalarText, type JsonObject } from '../json.js';
import type { Notice } from '../world/notification/notice.js';
import { utc } from './utc.js';

/** The body that a webhook gets for an event: no status, no run id and no secret. */
export function notificationDocument(
  notice: Omit<Notice, 'subscriptions'>,
  fixture: Fixture,
  origin: string,
): JsonObject {
  const { event, project, facts } = notice;
  const [component = '', config] = ['component', 'config'].map((name) => scalarText(facts.params[name]));
  const stored = config === undefined ? undefined : fixture.configuration(project, component, config);
  return {
    eventType: event,
    job: {
      id: facts.id,
      url: `${origin}/admin/projects/${project.id}/jobs/${facts.id}`,
      tasks: [],
      startTime: utc(facts.startedAtMs),
      endTime: utc(facts.endedAtMs),
      component: { id: component, name: fixture.component(component)?.name ?? component },
      ...(config !== undefined && { configuration: { id: config, name: stored?.name ?? config } }),
    },
    branch: { id: facts.queue.branchId },
    project: { id: String(project.id), name: project.name },
    ...(event === 'job-failed' && { errorMessage: scalarText(facts.result['message']) ?? '' }),
  };
}
