interface MessageLike {
  readonly key?: { readonly id?: unknown };
}

/** The message in the JSON of an event's payload: the one of this id, or the only one. `null` when there is none. Events that hold messages have a list of them. */
export function messageIn(body: string, id: string | null): object | null {
  const payload = JSON.parse(body) as unknown;
  if (typeof payload !== 'object' || payload === null) return null;
  const list = Array.isArray(payload) ? payload.map(updated) : ((payload as { messages?: unknown }).messages ?? []);
  const messages = (Array.isArray(list) ? list : []).filter(one => typeof one === 'object' && one !== null) as MessageLike[];
  if (id === null) return messages.length === 1 ? messages[0]! : null;
  return messages.find(({ key }) => key?.id === id) ?? null;
}

/** `messages.update` holds what changed beside the key. */
function updated(item: unknown): unknown {
  const { key, update } = (item ?? {}) as { key?: unknown; update?: object };
  return key === undefined ? null : { key, ...update };
}
