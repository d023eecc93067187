/** The payload that a client sent at a login or a registration. */
export interface RecordedPayload {
  readonly kind: 'login' | 'registration';
  /** The account that logged in; `null` at a registration. */
  readonly phoneNumber: string | null;
  /** Fields of `ClientPayload`, and those of `DeviceProps` at a registration. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Values that no official client sends. */
  readonly oddities: readonly string[];
}
