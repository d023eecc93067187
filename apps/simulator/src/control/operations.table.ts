import type { Operation } from '@wabus/testing';
import { accountOperations } from './account.operations.js';
import { appStateOperations } from './app-state.operations.js';
import { assistantOperations } from './assistant.operations.js';
import { clientPayloadOperations } from './client-payload.operations.js';
import type { ControlContext, OperationTable } from './control-context.js';
import { Directory } from './directory.js';
import { deviceOperations } from './device.operations.js';
import { faultOperations } from './fault.operations.js';
import { historyOperations } from './history.operations.js';
import { linkingOperations } from './linking.operations.js';
import { loadOperations } from './load.operations.js';
import { LoginRecorder } from './login-recorder.js';
import { messageOperations } from './message.operations.js';
import { partOperations } from './part.operations.js';
import { passkeyOperations } from './passkey.operations.js';
import { resendOperations } from './resend.operations.js';
import { reachOperations } from './reach.operations.js';
import { stimulusOperations } from './stimulus.operations.js';
import { stormOperations } from './storm.operations.js';
import { versionOperations } from './version.operations.js';

/** Creates all operations of the control API for a running world. */
export function createOperations(parts: Omit<ControlContext, 'directory' | 'logins'>): OperationTable {
  const context: ControlContext = { ...parts, directory: new Directory(parts.world), logins: new LoginRecorder(parts.world) };
  return {
    ...accountOperations(context),
    ...deviceOperations(context),
    ...linkingOperations(context),
    ...versionOperations(context),
    ...reachOperations(context),
    ...passkeyOperations(context),
    ...messageOperations(context),
    ...partOperations(context),
    ...assistantOperations(context),
    ...resendOperations(context),
    ...historyOperations(context),
    ...appStateOperations(context),
    ...clientPayloadOperations(context),
    ...stormOperations(context),
    ...stimulusOperations(context),
    ...faultOperations(context),
    ...loadOperations(context)
  };
}

/** A short description of each control operation for the command line. */
export const operationNotes = {
  createAccount: 'register a phone and contact',
  listAccounts: 'all accounts',
  migrate: 'move an account to LIDs',
  registerAgain: 'give a number a new account',
  scanQr: 'the phone scans a QR text',
  enterPairingCode: 'the owner types a pairing code',
  unlinkDevice: 'the owner removes a linked device',
  setLinking: 'how strict the service is toward unlinked clients',
  setVersions: 'which versions of the client the service takes',
  announceExpiration: 'when the service will refuse a version',
  setHistory: 'how history reaches new devices',
  setAppState: 'refuse changes of the synchronized state',
  renewAppStateKey: 'a key of the synchronized state that devices lack',
  clientPayloads: 'what clients reported about themselves',
  historyChunks: 'the chunks of history and their outcome',
  setQueue: 'how status posts are delivered',
  setRefusedQueries: 'which GraphQL queries no longer exist',
  setReach: 'whom an account may write to',
  reach: 'whom an account may write to, and what it tried',
  setReachTerms: 'how strict the service is about new chats',
  issueToken: 'a contact gives an account its token',
  connections: 'the live connections',
  acknowledgements: 'notifications and which were not acknowledged',
  refreshRegistration: 'make an unlinked client renew its secret',
  refreshPairingCode: 'a pairing code is used up',
  setPasskey: 'whether linking takes a passkey, and how',
  assertPasskey: 'the passkey of a phone signs',
  registerPasskey: 'a passkey that a browser holds',
  exportPasskey: 'a passkey for a browser to hold',
  passkeyCode: 'the code that a phone shows',
  confirmPasskey: 'the owner compares the codes',
  repeatPasskeyRequest: 'the service asks for the passkey again',
  passkeyExchanges: 'links by passkey, step by step',
  forgetSessions: 'a phone loses its Signal sessions',
  setResends: 'how much may be sent again',
  resends: 'what was sent again',
  sendMessage: 'a contact writes to an account',
  createGroup: 'a group with its members',
  sendGroupMessage: 'a member writes to a group',
  sendPart: 'an edit, vote, answer, reaction or comment, encrypted',
  askAssistant: 'a phone asks an assistant',
  answerAsAssistant: 'an assistant answers, in parts',
  received: 'what a phone has received and decrypted',
  receipts: 'the receipts a phone got',
  sendReceipt: 'a phone confirms messages',
  setAutoReply: 'a contact answers automatically',
  setChatter: 'a contact keeps writing',
  startStorm: 'contacts write many numbered texts',
  stopStorm: 'end the storm',
  stormProgress: 'figures of the storm',
  stormMessages: 'what contacts wrote in the storm',
  stormSignals: 'numbered receipts and notifications of the storm',
  deliveries: 'what came to a phone, by message id',
  provoke: 'provoke one event of Baileys',
  stimuli: 'the events that can be provoked',
  addDevice: 'a device without a client',
  devices: 'the linked devices of an account',
  awaitDevice: 'wait until a device is online or offline',
  logins: 'from when to when devices were logged in',
  prepareLoad: 'encrypt messages ahead',
  startLoad: 'send what was prepared',
  awaitLoad: 'wait until all of it is confirmed',
  disconnect: 'close live connections',
  setFaults: 'disturb connections',
  sendStanza: 'send one stanza unchanged',
  stats: 'counters since start'
} satisfies Record<Operation, string>;
