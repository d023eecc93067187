import { element, type Stanza } from '../stanza/stanza.js';

/**
 * Combines waiting receipts from several people for one group message into one stanza:
 * `<receipt from type><participants key><user jid t/>`, without a `participant` of its own (whatsmeow receipt.go `handleGroupedReceipt`,
 * adiwajshing 1772). When the service does this is not known; the simulator does it for receipts that a device has missed.
 */
export function aggregateReceipts(waiting: readonly Stanza[]): { replaced: Stanza[]; by: Stanza }[] {
  const sets = new Map<string, Stanza[]>();
  for (const stanza of waiting) {
    if (!isSingle(stanza)) continue;
    const { from, type, id } = stanza.attrs;
    const set = `${from ?? ''} ${type ?? ''} ${id ?? ''}`;
    sets.set(set, [...(sets.get(set) ?? []), stanza]);
  }
  return [...sets.values()].flatMap(replaced => (replaced.length > 1 ? [{ replaced, by: together(replaced) }] : []));
}

/** Matches a receipt from one member of a group for one message. */
function isSingle({ tag, attrs, content }: Stanza): boolean {
  const type = attrs['type'] ?? 'delivered';
  const counts = type === 'delivered' || type === 'read' || type === 'played';
  return (
    tag === 'receipt' && counts && content === undefined && attrs['participant'] !== undefined && attrs['from']?.endsWith('@g.us') === true
  );
}

function together(receipts: readonly Stanza[]): Stanza {
  const last = receipts.at(-1)!;
  const { participant: _, ...attrs } = last.attrs;
  const users = receipts.map(({ attrs: { participant, t } }) => element('user', { jid: participant, t }));
  return element('receipt', attrs, [element('participants', { key: attrs['id'] }, users)]);
}
