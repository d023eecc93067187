import { isBroadcastList } from '@wabus/contracts';
import { isFromMe, personOf } from './authority.policy.js';
import type { Draft } from './draft.state.js';
import { messageKey } from './model-key.codec.js';
import type { MessageFacts, ModelKey, ModelRecord } from './model.types.js';
import { textOf, textsIn } from './payload.codec.js';

/** Returns the keys under which a message may be stored: under the jid with which it arrived, which may be the LID or the phone number. */
export function placesOf(draft: Draft, key: unknown): ModelKey[] {
  const [{ jid, other }, id] = [chatOf(key), textOf(key, 'id')];
  if (jid === null || id === null) return [];
  const chat = personOf(jid);
  const fromMe = isFromMe(key);
  const jids = [chat, other, draft.otherJid(chat)];
  return textsIn([...new Set(jids)]).map(jid => messageKey(jid, fromMe, id));
}

/** Returns the chat in which phones show a message. A message to a broadcast list appears in the chat of its author (whatsmeow `IsIncomingBroadcast`). */
export function chatOf(key: unknown): { readonly jid: string | null; readonly other: string | null } {
  const [remoteJid, participant] = [textOf(key, 'remoteJid'), textOf(key, 'participant')];
  if (isBroadcastList(remoteJid) && participant !== null && !isFromMe(key))
    return { jid: participant, other: textOf(key, 'participantAlt') };
  return { jid: remoteJid, other: textOf(key, 'remoteJidAlt') };
}

/** Changes a known message. Changes to unknown messages are dropped. */
export function changeMessage(draft: Draft, key: unknown, edit: (record: ModelRecord, facts: MessageFacts) => Partial<ModelRecord>): void {
  for (const at of placesOf(draft, key)) {
    const record = draft.get(at);
    if (record?.message) draft.set(at, record, edit(record, record.message));
  }
}
