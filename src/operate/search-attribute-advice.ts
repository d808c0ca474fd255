import { GONE_WITHOUT, type SearchAttributeFault } from '../job/search-attributes.js';
import { placeKind } from '../temporal/address.js';
import type { TemporalSettings } from '../temporal/profile.js';
import { SearchAttributesUnusable } from '../temporal/search-attributes.js';

type Place = Pick<TemporalSettings, 'address' | 'namespace'>;

/** Search attributes that cannot be written, and what to do about it. */
class AdvisedSearchAttributes extends Error {
  override readonly name = 'SearchAttributesUnusable';

  constructor({ message, cause }: SearchAttributesUnusable, advice: string) {
    super(`${message.replace(/\.$/, '')}. ${advice}`, { cause });
  }
}

/** Adds what to do about it, for people; any other error stays as it is. */
export function withAdvice(error: unknown, place: Place): unknown {
  if (!(error instanceof SearchAttributesUnusable)) return error;
  const { faults, refusal } = error;
  const advice = refusal ? adviceOfRefusal(refusal, faults, place) : searchAttributeAdvice(faults, place);
  return new AdvisedSearchAttributes(error, advice);
}

/** What to do about faults that nobody was asked to mend yet. */
export function searchAttributeAdvice(faults: readonly SearchAttributeFault[], place: Place): string {
  if (faults.some(({ type }) => type !== undefined)) return `${GONE_WITHOUT} ${removal(faults, place)}`;
  return `${GONE_WITHOUT} ${isCloud(place) ? byHand(faults, place) : 'Register them with `keboola-temporal setup`.'}`;
}

/** Somebody without the right has to ask somebody who has it. */
function adviceOfRefusal({ message }: Error, faults: readonly SearchAttributeFault[], place: Place): string {
  if (!/cannot have more than/.test(message)) return `${GONE_WITHOUT} ${byHand(faults, place)}`;
  const some = isCloud(place) ? '' : ' (a dev server has ten)';
  return `${GONE_WITHOUT} The namespace has no room for more of type Keyword${some}: remove unused ones, then ask again.`;
}

function byHand(faults: readonly SearchAttributeFault[], place: Place): string {
  return `Whoever may register them does it with: ${registration(faults, place)}`;
}

/** https://docs.temporal.io/cloud/tcld/namespace#search-attributes, https://docs.temporal.io/cli/operator#search-attribute */
function registration(faults: readonly SearchAttributeFault[], place: Place): string {
  const { address, namespace } = place;
  if (isCloud(place)) {
    const added = faults.map(({ name }) => `--search-attribute ${name}=Keyword`).join(' ');
    return `tcld namespace search-attributes add --namespace ${namespace} ${added}`;
  }
  const created = faults.map(({ name }) => `--name ${name} --type Keyword`).join(' ');
  return `temporal operator search-attribute create --address ${address} --namespace ${namespace} ${created}`;
}

/**
 * On Temporal Cloud, only its support can remove one
 * (docs.temporal.io/self-hosted-guide/visibility/custom-search-attributes).
 */
function removal(faults: readonly SearchAttributeFault[], place: Place): string {
  const { address, namespace } = place;
  if (isCloud(place)) {
    const rename = `tcld namespace search-attributes rename --namespace ${namespace} --existing-name NAME --new-name OTHER`;
    return `Give them other names with \`${rename}\`; then register them with \`${registration(faults, place)}\`.`;
  }
  const names = faults.flatMap(({ name, type }) => (type === undefined ? [] : [`--name ${name}`])).join(' ');
  const remove = `temporal operator search-attribute remove --address ${address} --namespace ${namespace} ${names}`;
  return `Where nothing else needs them, remove them with \`${remove}\`; then register them with \`keboola-temporal setup\`.`;
}

function isCloud({ address }: Place): boolean {
  return placeKind(address) === 'temporal-cloud';
}
