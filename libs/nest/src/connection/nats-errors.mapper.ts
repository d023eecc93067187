/** Whether an error of the NATS client, or one of its nested causes, is of a class. */
export function isKind(thrown: unknown, kind: new (...args: never[]) => Error): boolean {
  if (thrown instanceof kind) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isKind(thrown.cause, kind);
}
