import { isBroadcastList } from '@wabus/contracts';
import { isFromMe, personOf } from './authority.policy.js';
import type { Draft } from './draft.state.js';
import { messageKey } from './model-key.codec.js';
import type { MessageFacts, ModelKey, ModelRecord } from './model.types.js';
import { textOf, textsIn } from './payload.codec.js';

/** Where a message may be kept: under the jid of its chat by which it came, which may be the LID or the phone number. */
export function placesOf(draft: Draft, key: unknown): ModelKey[] {
  const [{ jid, other }, id] = [chatOf(key), textOf(key, 'id')];
  if (jid === null || id === null) return [];
  const chat = personOf(jid);
  const fromMe = isFromMe(key);
  const jids = [chat, other, draft.otherJid(chat)];
  return textsIn([...new Set(jids)]).map(jid => messageKey(jid, fromMe, id));
}

/** Where phones show a message: one that came over a list of receivers in the chat of its author (whatsmeow `IsIncomingBroadcast`). */
export function chatOf(key: unknown): { readonly jid: string | null; readonly other: string | null } {
  const [remoteJid, participant] = [textOf(key, 'remoteJid'), textOf(key, 'participant')];
  if (isBroadcastList(remoteJid) && participant !== null && !isFromMe(key))
    return { jid: participant, other: textOf(key, 'participantAlt') };
  return { jid: remoteJid, other: textOf(key, 'remoteJidAlt') };
}

/** Changes a message that is known; of one that is not nothing is kept. */
export function changeMessage(draft: Draft, key: unknown, edit: (record: ModelRecord, facts: MessageFacts) => Partial<ModelRecord>): void {
  for (const at of placesOf(draft, key)) {
    const record = draft.get(at);
    if (record?.message) draft.set(at, record, edit(record, record.message));
  }
}
