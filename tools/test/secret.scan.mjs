// @ts-check

/** Fields of a Signal session as Node.js and JSON print them. libsignal prints whole sessions when it opens or closes one. */
const FIELD = /\b(privKey|rootKey|chainKey|baseKey|currentRatchet|ephemeralKeyPair|remoteIdentityKey)["']?: ?[<{"']/g;
/** Longer than what `FIELD` can match: a match may lie across two chunks. */
const OVERLAP = 40;

/** Looks for the secrets of Signal sessions in the output of a program. */
export class SecretScan {
  /** @type {Set<string>} */
  #names = new Set();
  #tail = '';

  /** Names of the fields that were printed. */
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
