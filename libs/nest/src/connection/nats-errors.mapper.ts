/** Whether an error of the NATS client is of a kind. The client nests its errors at times. */
export function isKind(thrown: unknown, kind: new (...args: never[]) => Error): boolean {
  if (thrown instanceof kind) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isKind(thrown.cause, kind);
}
