import { pathSegments } from '../../input/call-path.js';
import type { ComponentCatalog } from '../project/component-catalog.js';
import { componentPath, outOfBranch } from './component-path.js';

/** The component to which the path of a call belongs, or a sentence that says why there is none. */
export async function componentAbove(
  components: ComponentCatalog,
  path: string,
): Promise<{ id: string } | { missing: string }> {
  const id = componentIdOf(path);
  const component = await components.find(id);
  if (!component) return { missing: (await components.missing(id)) ?? `component "${id}" does not exist.` };
  const root = componentPath(id, component.uri);
  return outOfBranch(path).startsWith(`${root}/`)
    ? { id }
    : { missing: `component "${id}" runs below "${root}", not there.` };
}

/** The component's id according to the path: the first segment, or the one after the docker application. */
export function componentIdOf(path: string): string {
  const [app = '', next = '', ...others] = (pathSegments(path) ?? []).filter((segment) => segment !== '');
  if (app !== 'docker') return app;
  return next === 'branch' ? (others[1] ?? '') : next;
}
