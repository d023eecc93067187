/** A control request that cannot be done as asked; its message is the answer. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}
