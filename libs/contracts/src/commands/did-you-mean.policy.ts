import { getMetadataStorage } from 'class-validator';
import { likeliestOf } from '../fields/likeness.policy.js';
import { NAMES_BY_REQUEST, NAMES_ELSEWHERE, NAMES_OF_SESSION, type Remedy } from './porters-names.table.js';

/** What to do about a field that a request does not know, as the end of a sentence; empty when nothing is likely. `request` is an instance of its class. */
export function remedyFor(request: object, name: string): string {
  const meant = likelyField(request, name);
  if (typeof meant === 'string') return `: did you mean ${meant}?`;
  if (meant !== null) return `: ${meant.instead}`;
  return NAMES_OF_SESSION.includes(name) && name !== 'name' ? ': name the session in the address, or beside the arguments' : '';
}

/** The name by which a body without `session` names its session, or `undefined`. */
export function likelySession(body: object): string | undefined {
  return NAMES_OF_SESSION.find(name => name !== 'session' && Object.hasOwn(body, name));
}

/** The field of a request that somebody means by a name that it does not know, or what to do instead; `null` when nothing is likely. */
function likelyField(request: object, name: string): string | Remedy | null {
  const ofRequest = NAMES_BY_REQUEST[request.constructor.name];
  if (ofRequest !== undefined && Object.hasOwn(ofRequest, name)) return ofRequest[name]!;
  const known = fieldsOf(request);
  const plain = name.toLowerCase();
  const same = known.find(field => field.toLowerCase() === plain);
  if (same !== undefined) return same;
  const alike = Object.hasOwn(NAMES_ELSEWHERE, name) ? NAMES_ELSEWHERE[name]!.find(field => known.includes(field)) : undefined;
  if (alike !== undefined) return alike;
  return likeliestOf(known, name);
}

function fieldsOf(request: object): string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(request.constructor, '', false, false);
  return [...new Set(metadata.map(({ propertyName }) => propertyName))];
}
