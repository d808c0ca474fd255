const NO_TEMPLATE = 'other';
const PLACEHOLDER = /\\\{[^}]+\\\}/g;

/**
 * Finds the template of a path, so that no id of it goes into a label. A service may lie below a path of its own, so only the
 * end of a path has to be as in the template; of several the first counts.
 *
 * @param templates paths with placeholders in braces, such as `/jobs/{id}`.
 * @returns `other` for a path that has none.
 */
export function routeMatcher(templates: readonly string[]): (path: string) => string {
  const known = templates.map((template) => ({ template, pattern: patternOf(template) }));
  return (path) => known.find(({ pattern }) => pattern.test(path))?.template ?? NO_TEMPLATE;
}

function patternOf(template: string): RegExp {
  const escaped = template.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`${escaped.replace(PLACEHOLDER, '[^/]+')}$`);
}
