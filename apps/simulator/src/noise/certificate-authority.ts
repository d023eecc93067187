import { readFile, writeFile } from 'node:fs/promises';
import { Curve, WA_CERT_DETAILS, proto, type KeyPair } from '@whiskeysockets/baileys';
import { signWithCurve } from '../signal/curve.js';

/**
 * Reads the root key pair from a JSON file with `{private, public}` in base64, or creates one and
 * writes it (mode 0600) if the file does not exist. Rejects if the file contains anything else.
 */
export async function loadRootKey(path: string): Promise<KeyPair> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'ENOENT') throw err;
    const fresh = Curve.generateKeyPair();
    const stored = { private: Buffer.from(fresh.private).toString('base64'), public: Buffer.from(fresh.public).toString('base64') };
    await writeFile(path, JSON.stringify(stored), { mode: 0o600 });
    return fresh;
  }
  const stored = JSON.parse(text) as { private?: unknown; public?: unknown };
  if (typeof stored.private !== 'string' || typeof stored.public !== 'string') throw new Error(`${path} contains no key pair`);
  const pair = { private: Buffer.from(stored.private, 'base64'), public: Buffer.from(stored.public, 'base64') };
  if (pair.private.length !== 32 || pair.public.length !== 32) throw new Error(`${path} contains keys of the wrong length`);
  return pair;
}

const { CertChain } = proto;

const DAY_SECONDS = 86_400;
const INTERMEDIATE_SERIAL = 1;
const LEAF_SERIAL = 2;

/** The simulator's own root: signs certificate chains in WhatsApp's format with valid signatures throughout. */
export class CertificateAuthority {
  constructor(private readonly root: KeyPair = Curve.generateKeyPair()) {}

  /** The key that a client must trust instead of WhatsApp's root; 32 bytes. */
  get rootPublicKey(): Buffer {
    return Buffer.from(this.root.public);
  }

  /** Returns the encoded chain root → intermediate → leaf; the leaf is for a server's Noise static key. */
  chainFor(staticPublicKey: Uint8Array): Buffer {
    const intermediateKey = Curve.generateKeyPair();
    const intermediate = certificate(
      { serial: INTERMEDIATE_SERIAL, issuerSerial: WA_CERT_DETAILS.SERIAL, key: intermediateKey.public },
      this.root
    );
    const leaf = certificate({ serial: LEAF_SERIAL, issuerSerial: INTERMEDIATE_SERIAL, key: staticPublicKey }, intermediateKey);
    return Buffer.from(CertChain.encode({ intermediate, leaf }).finish());
  }
}

function certificate(
  subject: { serial: number; issuerSerial: number; key: Uint8Array },
  issuer: KeyPair
): proto.CertChain.INoiseCertificate {
  const now = Math.floor(Date.now() / 1000);
  const validity = { notBefore: now - DAY_SECONDS, notAfter: now + 365 * DAY_SECONDS };
  const details = CertChain.NoiseCertificate.Details.encode({ ...subject, ...validity }).finish();
  return { details, signature: signWithCurve(issuer.private, details) };
}
