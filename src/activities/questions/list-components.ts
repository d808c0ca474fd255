import { boundComponents } from '../../job/bound-components.js';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import { utcTime } from '../../keboola/http/keboola-time.js';
import type { ComponentEntry, ComponentList, ConfigurationEntry, ListComponentsInput } from '../../job/questions.js';
import type { Component, Configuration } from '../../keboola/project/components.js';
import type { ActivityDeps } from '../deps.js';

/** The project's components with their configurations, as they are now. */
export async function listComponents(
  deps: ActivityDeps,
  { connection = DEFAULT_CONNECTION, filter, type }: ListComponentsInput,
): Promise<ComponentList> {
  const keboola = deps.connections.get(connection);
  const components = await keboola.components.fresh();
  const wanted = components.filter(
    (component) =>
      (type === undefined || component.type === type) && (filter === undefined || holds(component, filter)),
  );
  return boundComponents(wanted.map((component) => entryOf(component, keboola.kindOf(component))));
}

function holds({ id, name, type }: Component, filter: string): boolean {
  return [id, name, type].some((text) => text.toLowerCase().includes(filter.toLowerCase()));
}

function entryOf(
  { id, type, name, description, uri, actions, configurations }: Component,
  kind: ComponentEntry['kind'],
): ComponentEntry {
  return {
    id,
    type,
    name,
    ...(description !== '' && { description }),
    uri,
    kind,
    ...(actions.length > 0 && { actions }),
    ...(configurations && { configurations: configurations.map(configurationOf) }),
  };
}

function configurationOf({ id, name, description, version, created }: Configuration): ConfigurationEntry {
  const createdTime = utcTime(created);
  return {
    id,
    name,
    ...(description !== '' && { description }),
    ...(version !== undefined && { version }),
    ...(createdTime !== undefined && { created: createdTime }),
  };
}
