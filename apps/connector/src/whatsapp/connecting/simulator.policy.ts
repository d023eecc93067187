/** A WhatsApp simulator to connect to instead of WhatsApp. */
export interface SimulatorOption {
  readonly url: URL;
  /** The public key at the root of the simulator's certificate chain: 32 bytes. */
  readonly rootPublicKey: Buffer<ArrayBuffer>;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Returns the simulator from two settings; `null` if neither is set. As its root key replaces WhatsApp's, only a simulator on this machine is accepted.
 * Throws an error whose message names the invalid setting.
 */
export function parseSimulatorOption(url: string | undefined, rootKey: string | undefined): SimulatorOption | null {
  if (!url && !rootKey) return null;
  if (!url) throw new Error('WABUS_SIMULATOR_ROOT_KEY is set, but WABUS_SIMULATOR_URL is not: set both or neither');
  if (!rootKey)
    throw new Error('WABUS_SIMULATOR_URL is set, but WABUS_SIMULATOR_ROOT_KEY is not: the simulator prints its key when it starts');
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== 'ws:' && parsed?.protocol !== 'wss:') throw new Error('WABUS_SIMULATOR_URL must be a ws:// or wss:// URL');
  if (!LOOPBACK.test(parsed.hostname)) {
    throw new Error(
      'WABUS_SIMULATOR_URL must point to this machine (127.0.0.1, ::1 or localhost): no other server is trusted in place of WhatsApp'
    );
  }
  const rootPublicKey = Buffer.from(rootKey, 'base64');
  if (rootPublicKey.length !== 32) throw new Error('WABUS_SIMULATOR_ROOT_KEY must be 32 bytes in base64');
  return { url: parsed, rootPublicKey };
}
