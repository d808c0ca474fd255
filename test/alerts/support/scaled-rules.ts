import { parse, stringify } from 'yaml';

/** Enough for every cause to be seen whole, and short enough that what was seen before is forgotten. */
const RANGE = '30s';
const FOR = '1s';
/** A busy machine may leave out a scrape or two; a worker that is away leaves out all. */
const FOR_OF_SCRAPES = '5s';

export interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

interface Rules {
  groups: { name: string; interval?: string; rules: Rule[] }[];
}

export function rulesOf(text: string): Rule[] {
  return (parse(text) as Rules).groups.flatMap(({ rules }) => rules);
}

/** The same rules for somebody who has no half hour: all durations are seconds, and nothing else is changed. */
export function scaledRules(text: string): string {
  const { groups } = parse(text) as Rules;
  const scaled = groups.map(({ rules, ...group }) => ({ ...group, rules: rules.map(scaledRule) }));
  return stringify({ groups: scaled });
}

function scaledRule({ expr, for: _, ...rule }: Rule): Rule {
  return { ...rule, expr: scaledExpression(expr), for: /\bup\b/.test(expr) ? FOR_OF_SCRAPES : FOR };
}

function scaledExpression(expr: string): string {
  return expr.replace(/\[\d+m\]/g, `[${RANGE}]`).replace(/\boffset \d+m\b/g, `offset ${RANGE}`);
}
