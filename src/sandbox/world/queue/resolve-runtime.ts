import type { Component, Configuration, Project } from '../../fixture/schema.js';
import { isJsonObject, scalarText } from '../../json.js';
import type { JsonObject } from '../../json.js';
import type { QueueRequest } from './new-queue-job.js';
import type { QueueFacts } from './queue-facts.js';

type Runtime = Pick<QueueFacts, 'tag' | 'backend' | 'executor' | 'parallelism'>;

/** The settings of a run, each from the first source that has it (internal client, JobRuntimeResolver.php). */
export function resolveRuntime(
  { id, features }: Project,
  component: Component,
  stored: Configuration | undefined,
  request: QueueRequest,
): Runtime {
  const sources = [runtimeOf(request.configData), runtimeOf(stored?.configuration)];
  const first = (...names: string[]): string | undefined => firstText(sources, names);
  const backends = sources.map(({ backend }) => (isJsonObject(backend) ? backend : {}));
  const type = request.backend?.type ?? firstText(backends, ['type']) ?? null;
  // A component that stages on files is sized as a container; only transformations are sized in the database.
  const isSized = component.type === 'transformation';
  return {
    tag: request.tag ?? first('tag', 'image_tag') ?? 'latest',
    backend: {
      type: isSized ? type : null,
      containerType: isSized ? null : type,
      context: request.backend?.context ?? firstText(backends, ['context']) ?? `${id}-${component.type}`,
    },
    executor:
      request.executor ?? first('executor') ?? (features.includes('job-queue-no-dind') ? 'k8sContainers' : 'dind'),
    parallelism: enforced(request.parallelism ?? first('parallelism') ?? null, features),
  };
}

function runtimeOf(content: JsonObject | undefined): JsonObject {
  const runtime = content?.['runtime'];
  return isJsonObject(runtime) ? runtime : {};
}

function firstText(sources: readonly JsonObject[], names: readonly string[]): string | undefined {
  const found = sources.flatMap((source) => names.map((name) => scalarText(source[name])));
  return found.find((text) => text !== undefined && text !== '');
}

/** Since 2026-03 a project may have a feature that replaces a missing or zero parallelism by 1. */
function enforced(parallelism: string | null, features: readonly string[]): string | null {
  if (!features.includes('job-parallelism-enforce')) return parallelism;
  return parallelism === null || parallelism === '0' ? '1' : parallelism;
}
