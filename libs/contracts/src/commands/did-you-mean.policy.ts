import { getMetadataStorage } from 'class-validator';
import { NAMES_BY_REQUEST, NAMES_ELSEWHERE, NAMES_OF_SESSION } from './porters-names.table.js';

/** So many letters may be wrong, missing or too many. */
const TYPING_ERRORS = 2;

/** What to do about a field that a request does not know, as the end of a sentence; empty when nothing is likely. `request` is an instance of its class. */
export function remedyFor(request: object, name: string): string {
  const meant = likelyField(request, name);
  if (meant !== null) return `: did you mean ${meant}?`;
  return NAMES_OF_SESSION.includes(name) && name !== 'name' ? ': the session is in the address, or stands beside the arguments' : '';
}

/** The name by which a body without `session` names its session, or `undefined`. */
export function likelySession(body: object): string | undefined {
  return NAMES_OF_SESSION.find(name => name !== 'session' && Object.hasOwn(body, name));
}

/** The field of a request that somebody means by a name that it does not know; `null` when there is no likely one. */
function likelyField(request: object, name: string): string | null {
  const ofRequest = NAMES_BY_REQUEST[request.constructor.name];
  if (ofRequest !== undefined && Object.hasOwn(ofRequest, name)) return ofRequest[name]!;
  const known = fieldsOf(request);
  const plain = name.toLowerCase();
  const same = known.find(field => field.toLowerCase() === plain);
  if (same !== undefined) return same;
  const alike = Object.hasOwn(NAMES_ELSEWHERE, name) ? NAMES_ELSEWHERE[name]!.find(field => known.includes(field)) : undefined;
  if (alike !== undefined) return alike;
  // Short names are alike too easily.
  if (name.length <= 2 * TYPING_ERRORS || name.length > 40) return null;
  return known.find(field => distance(field.toLowerCase(), plain) <= TYPING_ERRORS) ?? null;
}

function fieldsOf(request: object): string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(request.constructor, '', false, false);
  return [...new Set(metadata.map(({ propertyName }) => propertyName))];
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
