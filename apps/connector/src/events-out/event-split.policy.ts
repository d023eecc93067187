/** The divisible lists in each payload: fields that can be split over several events. `[]` is the payload itself. */
const DIVISIBLE: Readonly<Record<string, readonly string[]>> = {
  'messaging-history.set': ['chats', 'contacts', 'messages', 'lidPnMappings', 'pastParticipants'],
  'messages.delete': ['keys'],
  'blocklist.set': ['blocklist'],
  'blocklist.update': ['blocklist']
};

/**
 * Returns the bodies of one event: JSON texts of the same shape, each at most `limitBytes` if its items allow. A larger single item is not split.
 * Every body repeats the fields that are not lists, and has an empty list where the original had one.
 */
export function splitBody(event: string, payload: unknown, limitBytes: number): string[] {
  const whole = JSON.stringify(payload);
  if (Buffer.byteLength(whole) <= limitBytes) return [whole];
  if (Array.isArray(payload)) return packLists({ list: payload }, limitBytes).map(({ list }) => `[${list.join(',')}]`);
  const fields = DIVISIBLE[event]?.filter(field => Array.isArray((payload as Record<string, unknown>)[field])) ?? [];
  if (fields.length === 0) return [whole];
  const { lists, rest } = separate(payload as Record<string, unknown>, fields);
  const head = JSON.stringify(rest).slice(1, -1);
  return packLists(lists, limitBytes - Buffer.byteLength(head)).map(part => {
    const texts = fields.map(field => `${JSON.stringify(field)}:[${part[field]!.join(',')}]`);
    return `{${[...(head ? [head] : []), ...texts].join(',')}}`;
  });
}

function separate(payload: Record<string, unknown>, fields: readonly string[]) {
  const lists: Record<string, unknown[]> = {};
  const rest = { ...payload };
  for (const field of fields) {
    lists[field] = payload[field] as unknown[];
    delete rest[field];
  }
  return { lists, rest };
}

/** Fills one part after another, in the order of the lists and of their items. */
function packLists<Field extends string>(lists: Record<Field, unknown[]>, limitBytes: number): Record<Field, string[]>[] {
  const fields = Object.keys(lists) as Field[];
  const emptyPart = () => Object.fromEntries(fields.map(field => [field, [] as string[]])) as Record<Field, string[]>;
  const parts = [emptyPart()];
  let bytes = 0;
  for (const field of fields) {
    for (const item of lists[field]) {
      const text = JSON.stringify(item) ?? 'null';
      const length = Buffer.byteLength(text) + 1;
      if (bytes > 0 && bytes + length > limitBytes) {
        parts.push(emptyPart());
        bytes = 0;
      }
      parts.at(-1)![field].push(text);
      bytes += length;
    }
  }
  return parts;
}
