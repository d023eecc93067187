import type { EventEmitter } from 'node:events';
import type { BinaryNode, GroupMetadata } from '@whiskeysockets/baileys';
import { getBinaryNodeChild } from '../baileys.js';

/** The suspension of a group or its end, which Baileys does not report. */
export type GroupSuspension = Pick<GroupMetadata, 'id'> & { readonly suspended: boolean };

/** Handles notifications about groups before Baileys: adds the addressing mode that Baileys needs in a new group, and reports suspensions, which it ignores. */
export function listenToGroups(stanzas: EventEmitter, report: (change: GroupSuspension) => void): void {
  stanzas.prependListener('CB:notification,type:w:gp2', (notification: BinaryNode) => {
    completeCreation(notification);
    const suspended = getBinaryNodeChild(notification, 'suspended') !== undefined;
    if (suspended || getBinaryNodeChild(notification, 'unsuspended')) report({ id: notification.attrs['from'] ?? '', suspended });
  });
}

/** Copies the addressing mode into a new group: it may be only outside the group (whatsmeow 1142895b), and Baileys would then assume numbers. */
function completeCreation({ attrs, content }: BinaryNode): void {
  if (!Array.isArray(content)) return;
  for (const change of content) {
    const group = change.tag === 'create' ? getBinaryNodeChild(change, 'group') : undefined;
    const mode = change.attrs['addressing_mode'] ?? attrs['addressing_mode'];
    if (group && mode !== undefined) group.attrs['addressing_mode'] ??= mode;
  }
}
