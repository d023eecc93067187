import type { Args, Operation, Result } from './control-api.js';
import type { LinkRefusal } from './linking-api.js';

/** Every operation of the control API by name; an empty argument object may be omitted. */
export type SimulatorClient = {
  [K in Operation]: Record<string, never> extends Args<K> ? (args?: Args<K>) => Promise<Result<K>> : (args: Args<K>) => Promise<Result<K>>;
};

/** The simulator refused an operation or failed to execute it; the message is the simulator's error. */
export class SimulatorRefusal extends Error {
  override readonly name = 'SimulatorRefusal';

  constructor(
    readonly operation: string,
    message: string,
    /** Why a phone could not link; missing on refusals of other operations. */
    readonly reason?: LinkRefusal
  ) {
    super(`${operation}: ${message}`);
  }
}

/** A missing operation is a compile error. */
const operationNames = {
  createAccount: true,
  listAccounts: true,
  migrate: true,
  registerAgain: true,
  scanQr: true,
  enterPairingCode: true,
  unlinkDevice: true,
  setLinking: true,
  setVersions: true,
  announceExpiration: true,
  setHistory: true,
  historyChunks: true,
  setAppState: true,
  renewAppStateKey: true,
  clientPayloads: true,
  setQueue: true,
  setRefusedQueries: true,
  setReach: true,
  reach: true,
  setReachTerms: true,
  issueToken: true,
  connections: true,
  acknowledgements: true,
  refreshRegistration: true,
  refreshPairingCode: true,
  setPasskey: true,
  assertPasskey: true,
  registerPasskey: true,
  exportPasskey: true,
  passkeyCode: true,
  confirmPasskey: true,
  repeatPasskeyRequest: true,
  passkeyExchanges: true,
  forgetSessions: true,
  setResends: true,
  resends: true,
  sendMessage: true,
  createGroup: true,
  sendGroupMessage: true,
  sendPart: true,
  askAssistant: true,
  answerAsAssistant: true,
  received: true,
  receipts: true,
  sendReceipt: true,
  setAutoReply: true,
  setChatter: true,
  startStorm: true,
  stopStorm: true,
  stormProgress: true,
  stormMessages: true,
  stormSignals: true,
  deliveries: true,
  addDevice: true,
  provoke: true,
  stimuli: true,
  devices: true,
  awaitDevice: true,
  logins: true,
  disconnect: true,
  setFaults: true,
  prepareLoad: true,
  startLoad: true,
  awaitLoad: true,
  sendStanza: true,
  stats: true
} satisfies Record<Operation, true>;

/**
 * Creates a typed client of a simulator's control API.
 * Calls reject with {@link SimulatorRefusal} if the simulator returns an error, and with fetch's error if it does not respond.
 */
export function createSimulatorClient(controlUrl: string): SimulatorClient {
  return Object.fromEntries(
    Object.keys(operationNames).map(name => [name, (args: object = {}) => callSimulator(controlUrl, name, args)])
  ) as SimulatorClient;
}

/** Runs one control operation by name, for callers that receive the name at runtime; errors as for {@link createSimulatorClient}. */
export async function callSimulator(controlUrl: string, operation: string, args: object): Promise<unknown> {
  const response = await fetch(`${controlUrl}/${operation}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(args)
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const { error = `status ${response.status}`, reason } = (answer ?? {}) as { error?: string; reason?: LinkRefusal };
  throw new SimulatorRefusal(operation, error, reason);
}
