/** A message that is being sent: shown until the list of the chat contains it. */
export interface Outgoing {
  /** Chosen by this page, and used as the idempotency key of the command: however often the message is sent, it arrives once. */
  readonly key: string;
  readonly jid: string;
  readonly text: string;
  readonly fileName: string | null;
  /** 0 to 1 while the file is being uploaded; `null` without a file or after the upload. */
  readonly uploaded: number | null;
  /** WhatsApp's id, once the message is sent. */
  readonly id: string | null;
  readonly error: unknown;
}

export type OutgoingStep =
  | { readonly kind: 'added'; readonly message: Outgoing }
  | { readonly kind: 'changed'; readonly key: string; readonly change: Partial<Outgoing> }
  | { readonly kind: 'removed'; readonly key: string }
  /** The list contains messages with these ids. */
  | { readonly kind: 'listed'; readonly ids: ReadonlySet<string> };

/** Returns the messages that are being sent after a step. */
export function nextOutgoing(messages: readonly Outgoing[], step: OutgoingStep): readonly Outgoing[] {
  switch (step.kind) {
    case 'added':
      return [...messages, step.message];
    case 'changed':
      return messages.map(message => (message.key === step.key ? { ...message, ...step.change } : message));
    case 'removed':
      return messages.filter(({ key }) => key !== step.key);
    case 'listed': {
      const left = messages.filter(({ id }) => id === null || !step.ids.has(id));
      return left.length === messages.length ? messages : left;
    }
  }
}
