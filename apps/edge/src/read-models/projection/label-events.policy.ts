import type { Draft } from './draft.state.js';
import { personOf } from './authority.policy.js';
import { messageKey, modelKey } from './model-key.codec.js';
import { field, textOf } from './payload.codec.js';

/** `labels.edit`: a label was created, changed or deleted. */
export function projectLabel(draft: Draft, payload: unknown): void {
  const id = textOf(payload, 'id');
  if (id === null) return;
  const key = modelKey('label', id);
  const known = draft.get(key);
  if (draft.isLate(known)) return;
  if (field(payload, 'deleted') === true) draft.remove(key);
  else draft.set(key, { kind: 'label', id }, { data: { ...known?.data, ...(payload as object) } });
}

/** `labels.association`: a label was added to a chat or a message, or removed. */
export function projectLabelling(draft: Draft, payload: unknown): void {
  const association = field(payload, 'association');
  const [chat, label] = [textOf(association, 'chatId'), textOf(association, 'labelId')];
  if (chat === null || label === null) return;
  const isOn = field(payload, 'type') === 'add';
  if (field(association, 'type') === 'label_jid') {
    const id = draft.canonical(chat);
    mark(draft, modelKey('chat', id), { label, isOn, chat: id });
    return;
  }
  const messageId = textOf(association, 'messageId');
  if (messageId === null) return;
  // The event shows neither who sent the message nor which jid of the chat its key has.
  const person = personOf(chat);
  for (const jid of [person, draft.otherJid(person)]) {
    if (jid === null) continue;
    for (const fromMe of [true, false]) mark(draft, messageKey(jid, fromMe, messageId), { label, isOn });
  }
}

/** With `chat`, creates the record of the chat if there is none. */
function mark(draft: Draft, key: string, { label, isOn, chat }: { label: string; isOn: boolean; chat?: string }): void {
  const known = draft.get(key);
  if (draft.isLate(known) || (known === null && chat === undefined)) return;
  const labels = new Set(known?.labels ?? []);
  if (labels.has(label) === isOn) return;
  if (isOn) labels.add(label);
  else labels.delete(label);
  draft.set(key, known ?? { kind: 'chat', id: chat! }, { labels: [...labels].sort() });
}
