const KINDS = { create: 'create', read: 'read', list: 'list', primaryList: 'list', groupedList: 'list' };

/** @returns {Record<'create' | 'read' | 'list' | 'other', number>} the sandbox's counts by route, put together by kind. */
export function requestsByKind(byRoute) {
  const kinds = { create: 0, read: 0, list: 0, other: 0 };
  for (const [route, count] of Object.entries(byRoute)) kinds[KINDS[route] ?? 'other'] += count;
  return kinds;
}
