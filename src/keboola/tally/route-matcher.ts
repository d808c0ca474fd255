const NO_TEMPLATE = 'other';
const PLACEHOLDER = /\\\{[^}]+\\\}/g;

/**
 * Finds the template of a path, so that no id gets into a metric label. Services may have a base path, so a template
 * only has to match the end of a path; the first match counts.
 *
 * @param templates paths with placeholders in braces, such as `/jobs/{id}`.
 * @returns `other` if no template matches.
 */
export function routeMatcher(templates: readonly string[]): (path: string) => string {
  const known = templates.map((template) => ({ template, pattern: patternOf(template) }));
  return (path) => known.find(({ pattern }) => pattern.test(path))?.template ?? NO_TEMPLATE;
}

function patternOf(template: string): RegExp {
  const escaped = template.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`${escaped.replace(PLACEHOLDER, '[^/]+')}$`);
}
