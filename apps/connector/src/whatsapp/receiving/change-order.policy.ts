const CHANGES: ReadonlySet<string> = new Set(['messages.update', 'messages.reaction']);

/** Whether in an event of this name a message changes another one. */
export function isChangeEvent(event: string): boolean {
  return CHANGES.has(event);
}

/**
 * Puts what a message changes before the message itself. After a crash between the two the message is handled again, and both are emitted; in the other order the change
 * would be lost, because the message is in the log.
 */
export function changesFirst<Event extends readonly [name: string, ...rest: unknown[]]>(events: readonly Event[]): Event[] {
  return [...events.filter(([name]) => isChangeEvent(name)), ...events.filter(([name]) => !isChangeEvent(name))];
}
