/** How the connection API waits. */
export abstract class ConnectionSettings {
  /** How long an answer waits for what it tells: a QR code, a login, an end. */
  abstract readonly waitMs: number;
}
