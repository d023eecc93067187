/** What a client said of itself at a login or a registration. */
export interface RecordedPayload {
  readonly kind: 'login' | 'registration';
  /** Of the account that logged in; `null` at a registration. */
  readonly phoneNumber: string | null;
  /** Fields of `ClientPayload`, and those of `DeviceProps` at a registration. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What no official client says. */
  readonly oddities: readonly string[];
}
