import type { Operation } from '@wabus/testing';

/** What each control operation does, for the command line. */
export const operationNotes = {
  createAccount: 'register a phone and contact',
  listAccounts: 'all accounts',
  scanQr: 'the phone scans a QR text',
  enterPairingCode: 'the owner types a pairing code',
  unlinkDevice: 'the owner removes a linked device',
  sendMessage: 'a contact writes to an account',
  createGroup: 'a group with its members',
  sendGroupMessage: 'a member writes to a group',
  received: 'what a phone has received and decrypted',
  receipts: 'the receipts a phone got',
  sendReceipt: 'a phone confirms messages',
  setAutoReply: 'a contact answers by itself',
  setChatter: 'a contact writes by itself',
  provoke: 'set off one event of Baileys',
  stimuli: 'the events that can be provoked',
  devices: 'the linked devices of an account',
  awaitDevice: 'wait until a device is online or offline',
  logins: 'from when to when devices were logged in',
  prepareLoad: 'encrypt messages ahead',
  startLoad: 'send what was prepared',
  awaitLoad: 'wait until all of it is confirmed',
  disconnect: 'close live connections',
  setFaults: 'disturb connections',
  sendStanza: 'send one stanza as it is',
  stats: 'counters since start'
} satisfies Record<Operation, string>;
