import { getMetadataStorage } from 'class-validator';
import { likeliestOf } from '../fields/likeness.policy.js';
import { NAMES_BY_REQUEST, NAMES_ELSEWHERE, NAMES_OF_SESSION, type Remedy } from './porters-names.table.js';

/**
 * Returns the remedy for an unknown field of a request, as the end of a sentence; empty if there is no likely one. `request` is an instance of the request
 * class.
 */
export function remedyFor(request: object, name: string): string {
  const meant = likelyField(request, name);
  if (typeof meant === 'string') return `: did you mean ${meant}?`;
  if (meant !== null) return `: ${meant.instead}`;
  return NAMES_OF_SESSION.includes(name) && name !== 'name' ? ': name the session in the address, or next to the arguments' : '';
}

/** Returns the name of the field in which a body without `session` names its session; `undefined` if there is none. */
export function likelySession(body: object): string | undefined {
  return NAMES_OF_SESSION.find(name => name !== 'session' && Object.hasOwn(body, name));
}

/** Returns the field that the caller of a request probably meant by an unknown name, or a remedy; `null` if there is no likely one. */
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
