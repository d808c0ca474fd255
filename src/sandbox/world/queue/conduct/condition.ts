import { isJsonObject, scalarText } from '../../../json.js';

/** What conditions can ask about: how phases and tasks have ended. */
export interface Known {
  phase(id: string): string | undefined;
  task(id: string): string | undefined;
}

const DEPTH_MAX = 20;

/**
 * Whether the condition of a conditional flow holds. The sandbox knows AND, OR, EQUALS and NOT_EQUALS on the status of
 * phases and tasks; any other condition never holds.
 */
export function holds(condition: unknown, known: Known, depth = 0): boolean {
  if (!isJsonObject(condition) || depth > DEPTH_MAX) return false;
  const { operator, operands } = condition;
  const list: readonly unknown[] = Array.isArray(operands) ? operands : [];
  if (operator === 'AND') return list.every((operand) => holds(operand, known, depth + 1));
  if (operator === 'OR') return list.some((operand) => holds(operand, known, depth + 1));
  const [one, other] = list.map((operand) => valueOf(operand, known));
  if (one === undefined || other === undefined) return false;
  if (operator === 'EQUALS') return one === other;
  return operator === 'NOT_EQUALS' && one !== other;
}

function valueOf(operand: unknown, known: Known): string | undefined {
  if (!isJsonObject(operand)) return undefined;
  if (operand['type'] === 'const') return scalarText(operand['value']);
  if (operand['value'] !== 'status') return undefined;
  if (operand['type'] === 'phase') return known.phase(scalarText(operand['phase']) ?? '');
  return operand['type'] === 'task' ? known.task(scalarText(operand['task']) ?? '') : undefined;
}
