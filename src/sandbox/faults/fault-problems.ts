import { STORAGE_OPERATIONS } from './route-names.js';

/** The key of each kind of fault. A fault has one of these, one of `WRITES`, or only a delay. */
const KINDS = ['status', 'reset', 'hang', 'bodyBytes', 'emptyList', 'replaceBody', 'maintenance', 'ticketsFail'];
/** Faults inside a create call; each may be combined with one of `ENDS`, which says how the call itself ends. */
const WRITES = ['lateWrite', 'neverQueued', 'jobFails', 'jobSeconds'];
const ENDS = ['status', 'reset', 'hang'];

/** Routes that create jobs of Syrup or of Storage. */
const CREATIONS: readonly string[] = ['create', 'custom', ...STORAGE_OPERATIONS];
const ROUTES_OF: Record<string, readonly string[]> = {
  ticketsFail: ['create'],
  lateWrite: CREATIONS,
  neverQueued: CREATIONS,
  jobFails: STORAGE_OPERATIONS,
  jobSeconds: STORAGE_OPERATIONS,
};

/** What is wrong with a fault whose keys are each valid but do not go together. */
export function faultProblems(fault: Readonly<Record<string, unknown>> & { route: string }): string[] {
  const given = (names: readonly string[]): string[] => names.filter((name) => fault[name] !== undefined);
  const [kinds, writes, bodies] = [given(KINDS), given(WRITES), given(['body', 'json', 'html'])];
  const all = [...KINDS, ...WRITES].join(', ');
  const several = (names: string[]): string => `has ${names.join(' and ')}: only one of ${all} is possible`;
  const odd = writes.length > 0 ? kinds.find((kind) => !ENDS.includes(kind)) : undefined;
  const isDelayed = given(['delaySeconds', 'delayMs', 'slowBodyMs']).length > 0;
  const problems: [boolean, string][] = [
    [kinds.length > 1, several(kinds)],
    [writes.length > 1, several(writes)],
    [
      odd !== undefined,
      `has ${writes.join()} and ${odd ?? ''}: ${writes.join()} can only be combined with one of ${ENDS.join(', ')}`,
    ],
    [
      writes.length > 0 && fault['reset'] === 'before',
      `has ${writes.join()}, which needs the call to arrive: reset can only be "after"`,
    ],
    [
      kinds.length + writes.length === 0 && !isDelayed,
      `does nothing: set delaySeconds, delayMs, slowBodyMs or one of ${all}`,
    ],
    [bodies.length > 1, `has ${bodies.join(' and ')}: only one of them is possible`],
    [bodies.length > 0 && fault['status'] === undefined, `${bodies.join()} needs a status`],
  ];
  return [
    ...routeProblems(fault.route, [...kinds, ...writes]),
    ...problems.flatMap(([is, text]) => (is ? [text] : [])),
  ];
}

function routeProblems(route: string, kinds: string[]): string[] {
  return kinds.flatMap((kind) => {
    const allowed = ROUTES_OF[kind];
    if (allowed?.includes(route) !== false) return [];
    return [`${kind} is for the route${allowed.length > 1 ? 's' : ''} ${allowed.join(', ')} only`];
  });
}
