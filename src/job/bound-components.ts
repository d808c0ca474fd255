import { ANSWER_BYTES_MAX, jsonBytes } from './bound-result.js';
import type { ComponentEntry, ComponentList } from './questions.js';

/**
 * Keeps a list of up to `bytesMax` bytes of JSON whole. From a larger list it drops descriptions first, then
 * configurations, then components from the end.
 */
export function boundComponents(components: ComponentEntry[], bytesMax = ANSWER_BYTES_MAX): ComponentList {
  if (jsonBytes(components) <= bytesMax) return { components };
  const plain = components.map(withoutDescriptions);
  if (jsonBytes(plain) <= bytesMax) return { components: plain, truncated: true };
  const kept: ComponentEntry[] = [];
  let bytes = 2;
  for (const { configurations: _configurations, ...entry } of plain) {
    bytes += jsonBytes(entry) + 1;
    if (bytes > bytesMax) break;
    kept.push(entry);
  }
  return { components: kept, truncated: true };
}

function withoutDescriptions({ description: _description, configurations, ...entry }: ComponentEntry): ComponentEntry {
  return {
    ...entry,
    ...(configurations && { configurations: configurations.map(({ description: _text, ...other }) => other) }),
  };
}
