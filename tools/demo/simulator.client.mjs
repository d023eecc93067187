// @ts-check
import { setTimeout as delay } from 'node:timers/promises';

/** @typedef {{ phoneNumber: string, name: string, pnJid: string }} Account */

/** The reasons why a phone could not link after which the user scans the next QR code. */
const REFRESHED = ['registration-refreshed', 'old-secret'];

/** A client for the control API of a running simulator. */
export class SimulatorClient {
  /** @param {{ url: string, controlUrl: string, rootPublicKey: string }} ready */
  constructor({ url, controlUrl, rootPublicKey }) {
    this.url = url;
    this.rootPublicKey = rootPublicKey;
    this.controlUrl = controlUrl.replace(/\/$/, '');
  }

  /**
   * Creates a client from the line in which a simulator prints its addresses.
   * @param {string} output the simulator's output so far
   * @throws {Error} if the line is missing
   */
  static fromOutput(output) {
    const line = output.split('\n').find(text => text.startsWith('{') && text.includes('"controlUrl"'));
    if (!line) throw new Error('the simulator did not print its address');
    return new SimulatorClient(JSON.parse(line));
  }

  /**
   * @param {string} operation
   * @param {Record<string, unknown>} [args]
   * @returns {Promise<any>}
   * @throws {Error & { reason?: string }} with the simulator's message, and `reason` if a phone could not link
   */
  async call(operation, args = {}) {
    const response = await fetch(`${this.controlUrl}/${operation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args),
      signal: AbortSignal.timeout(30_000)
    });
    const text = await response.text();
    if (!response.ok) {
      throw Object.assign(new Error(`simulator: ${operation} answered ${response.status}: ${text}`), { reason: reasonOf(text) });
    }
    return text === '' ? {} : JSON.parse(text);
  }

  /**
   * Scans a QR code with the account's phone.
   * @param {string} phoneNumber
   * @param {string} qr
   * @returns {Promise<boolean>} `false` if it could not link because WhatsApp refreshed the registration; another QR code follows
   */
  async scan(phoneNumber, qr) {
    for (;;) {
      try {
        await this.call('scanQr', { phoneNumber, qr });
        return true;
      } catch (error) {
        const { reason = '' } = /** @type {{ reason?: string }} */ (error);
        if (REFRESHED.includes(reason)) return false;
        // The acknowledgement is still on its way; the same QR code becomes valid in a moment.
        if (reason !== 'refresh-not-acknowledged') throw error;
        await delay(100);
      }
    }
  }

  /**
   * Returns the account with a phone number, which the first run registers and later runs find again.
   * @param {string} phoneNumber
   * @param {string} name
   * @returns {Promise<Account>}
   */
  async ensureAccount(phoneNumber, name) {
    /** @type {Account[]} */
    const accounts = await this.call('listAccounts');
    return accounts.find(account => account.phoneNumber === phoneNumber) ?? (await this.call('createAccount', { phoneNumber, name }));
  }
}

/** @param {string} text the simulator's response @returns {string | undefined} */
function reasonOf(text) {
  try {
    return JSON.parse(text).reason;
  } catch {
    return undefined;
  }
}
