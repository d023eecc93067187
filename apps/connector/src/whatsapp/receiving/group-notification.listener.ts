import type { EventEmitter } from 'node:events';
import type { BinaryNode, GroupMetadata } from '@whiskeysockets/baileys';
import { getBinaryNodeChild } from '../baileys.js';

/** A change of a group that Baileys does not know. */
export type GroupSuspension = Pick<GroupMetadata, 'id'> & { readonly suspended: boolean };

/** Listens to notifications about groups before Baileys does: completes one that says less than Baileys reads, and reports those that it passes over. */
export function listenToGroups(stanzas: EventEmitter, report: (change: GroupSuspension) => void): void {
  stanzas.prependListener('CB:notification,type:w:gp2', (notification: BinaryNode) => {
    completeCreation(notification);
    const suspended = getBinaryNodeChild(notification, 'suspended') !== undefined;
    if (suspended || getBinaryNodeChild(notification, 'unsuspended')) report({ id: notification.attrs['from'] ?? '', suspended });
  });
}

/** How a new group addresses its members may be said outside of the group only (whatsmeow 1142895b); Baileys would take it for one by number. */
function completeCreation({ attrs, content }: BinaryNode): void {
  if (!Array.isArray(content)) return;
  for (const change of content) {
    const group = change.tag === 'create' ? getBinaryNodeChild(change, 'group') : undefined;
    const mode = change.attrs['addressing_mode'] ?? attrs['addressing_mode'];
    if (group && mode !== undefined) group.attrs['addressing_mode'] ??= mode;
  }
}
