import { getMetadataStorage } from 'class-validator';

/** Names of fields in WAHA (`chatId`, `reply_to`), the Evolution API (`number`, `textMessage`, `quoted`) and their like, and ours. Where there are several, the first that exists. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  chatId: ['jid', 'toJid', 'chat'],
  chat_id: ['jid', 'toJid', 'chat'],
  number: ['jid', 'phoneNumber', 'phoneNumbers'],
  phone: ['jid', 'phoneNumber', 'phoneNumbers'],
  to: ['jid', 'toJid'],
  remoteJid: ['jid', 'key'],
  groupJid: ['jid'],
  groupId: ['jid'],
  message: ['content', 'text'],
  body: ['content', 'text'],
  textMessage: ['content', 'text'],
  text: ['content'],
  reply_to: ['options', 'quoted'],
  quotedMessageId: ['options', 'quoted'],
  mentioned: ['mentions', 'content'],
  mentionsEveryOne: ['mentionAll'],
  mentionedJid: ['mentions'],
  webhookUrl: ['url'],
  enabled: ['paused'],
  name: ['subject'],
  numbers: ['phoneNumbers', 'participants']
};
/** So many letters may be wrong, missing or too many. */
const TYPING_ERRORS = 2;

/** The field of a request that somebody means by a name that it does not know; `null` when there is no likely one. `request` is an instance of its class. */
export function likelyField(request: object, name: string): string | null {
  const known = fieldsOf(request);
  const plain = name.toLowerCase();
  const same = known.find(field => field.toLowerCase() === plain);
  if (same !== undefined) return same;
  const alike = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name]!.find(field => known.includes(field)) : undefined;
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
