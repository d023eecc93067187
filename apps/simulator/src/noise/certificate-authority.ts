import { Curve, proto, WA_CERT_DETAILS, type KeyPair } from '@whiskeysockets/baileys';
import { sign } from '../signal/curve.js';

const { CertChain } = proto;

const DAY_SECONDS = 86_400;
const INTERMEDIATE_SERIAL = 1;
const LEAF_SERIAL = 2;

/** The simulator's own root: signs certificate chains in WhatsApp's format, genuine down to every signature. */
export class CertificateAuthority {
  constructor(private readonly root: KeyPair = Curve.generateKeyPair()) {}

  /** What a client must trust instead of WhatsApp's root; 32 bytes. */
  get rootPublicKey(): Buffer {
    return Buffer.from(this.root.public);
  }

  /** The encoded chain root → intermediate → leaf, the leaf for a server's Noise static key. */
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
  return { details, signature: sign(issuer.private, details) };
}
