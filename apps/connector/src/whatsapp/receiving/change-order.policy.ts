const CHANGES: ReadonlySet<string> = new Set(['messages.update', 'messages.reaction']);

/** Whether events with this name report that a message changes another message. */
export function isChangeEvent(event: string): boolean {
  return CHANGES.has(event);
}

/**
 * Moves the changes that a message makes before the message itself. After a crash between the two, the message is handled again and both are emitted. In the
 * other order, the change would be lost, because the message is already in the log.
 */
export function changesFirst<Event extends readonly [name: string, ...rest: unknown[]]>(events: readonly Event[]): Event[] {
  return [...events.filter(([name]) => isChangeEvent(name)), ...events.filter(([name]) => !isChangeEvent(name))];
}
