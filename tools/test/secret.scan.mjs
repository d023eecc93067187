// @ts-check

/** Matches the fields of a Signal session as printed by Node.js or in JSON. libsignal prints whole sessions when it opens or closes one. */
const FIELD = /\b(privKey|rootKey|chainKey|baseKey|currentRatchet|ephemeralKeyPair|remoteIdentityKey)["']?: ?[<{"']/g;
/** Longer than any match of `FIELD`, because a match may span two chunks. */
const OVERLAP = 40;

/** Searches the output of a program for the secrets of Signal sessions. */
export class SecretScan {
  /** @type {Set<string>} */
  #names = new Set();
  #tail = '';

  /** The names of the fields that were printed. */
  get found() {
    return [...this.#names];
  }

  /** @param {string} chunk the next part of the output */
  read(chunk) {
    const text = this.#tail + chunk;
    for (const [, name = ''] of text.matchAll(FIELD)) this.#names.add(name);
    this.#tail = text.slice(-OVERLAP);
  }
}
