import type { ChatView, ContactView, GroupView, LabelView, StoredMessageView } from '@wabus/contracts';
import type { ModelRecord } from '../projection/model.types.js';
import { numberOf, textOf } from '../projection/payload.codec.js';
import { pollView } from './poll-view.policy.js';

const firstText = (record: ModelRecord, ...names: string[]): string | null =>
  names.map(name => textOf(record.data, name)).find(text => text !== null) ?? null;

/** Returns the name of the person or group of a record. */
export function nameOf(record: ModelRecord | null): string | null {
  return record && firstText(record, 'name', 'subject', 'verifiedName', 'notify', 'username');
}

/** Returns the view of a chat. `name` is used if the chat has no name of its own. */
export function chatView(record: ModelRecord, otherJid: string | null, name: string | null = null): ChatView {
  return {
    jid: record.id,
    otherJid,
    name: firstText(record, 'name', 'displayName', 'username') ?? name,
    timestamp: record.timestamp ?? 0,
    unreadCount: numberOf(record.data, 'unreadCount') ?? 0,
    labels: record.labels ?? [],
    chat: record.data
  };
}

export function contactView(record: ModelRecord, otherJid: string | null): ContactView {
  return { jid: record.id, otherJid, name: nameOf(record), contact: record.data };
}

export function groupView(record: ModelRecord): GroupView {
  return { jid: record.id, subject: firstText(record, 'subject'), group: record.data };
}

export function labelView(record: ModelRecord): LabelView {
  return { id: record.id, name: firstText(record, 'name'), label: record.data };
}

export function messageView({ id, timestamp = 0, labels = [], data, message }: ModelRecord): StoredMessageView {
  const { chat, fromMe, participant, text, editedAt, revokedAt, reactions, receipts, omitted } = message!;
  return {
    chat,
    id,
    fromMe,
    participant,
    timestamp,
    text,
    editedAt,
    revokedAt,
    reactions: Object.entries(reactions).map(([sender, reaction]) => ({ sender, ...reaction })),
    receipts: Object.entries(receipts).map(([user, receipt]) => ({
      user,
      receivedAt: numberOf(receipt, 'receiptTimestamp'),
      readAt: numberOf(receipt, 'readTimestamp'),
      playedAt: numberOf(receipt, 'playedTimestamp')
    })),
    poll: pollView(data, message!),
    labels,
    message: omitted ? null : data
  };
}
