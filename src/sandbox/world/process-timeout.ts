import type { Component, Project } from '../fixture/schema.js';
import type { Script } from '../fixture/script-schema.js';
import { scalarText } from '../json.js';
import type { JsonObject } from '../json.js';
import type { World } from './world.js';

/**
 * How long a job may run: its script, its component or, for the docker app, the settings say so. Every row of a
 * configuration is a separate container run with its own limit (keboola/docker-bundle Docker/Container.php).
 */
export function processTimeoutOf(
  { fixture, settings }: World,
  project: Project,
  component: Component,
  params: JsonObject,
  script: Script,
): number | undefined {
  const byDefault = component.kind === 'docker' ? settings.processTimeoutSeconds : 'off';
  const seconds = script.processTimeoutSeconds ?? component.processTimeoutSeconds ?? byDefault;
  if (seconds === 'off') return undefined;
  const isWhole = params['configData'] === undefined && params['row'] === undefined;
  const config = isWhole ? scalarText(params['config']) : undefined;
  const stored = config === undefined ? undefined : fixture.configuration(project, component.id, config);
  const rows = stored?.rows.filter(({ isDisabled }) => !isDisabled).length ?? 0;
  return seconds * Math.max(1, rows);
}
