import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** PEM files: a test authority, and a certificate for 127.0.0.1 and localhost that it signed. */
export interface TestCertificates {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

const DAY_MS = 86_400_000;
const COMMON_NAME = '2.5.4.3';
const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const BASIC_CONSTRAINTS = '2.5.29.19';
const ALTERNATIVE_NAMES = '2.5.29.17';

/** Creates certificates that are valid for a day, so that no test depends on a file that expires. */
export function makeCertificates(folder: string): TestCertificates {
  const [authority, server] = [keyPair(), keyPair()];
  const issuer = { name: 'Authority of a test', key: authority.privateKey };
  const files = { caFile: join(folder, 'ca.pem'), certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  const isAuthority = extension(BASIC_CONSTRAINTS, sequence(TRUE));
  const names = sequence(tlv(0x82, Buffer.from('localhost')), tlv(0x87, Buffer.from([127, 0, 0, 1])));
  writeFileSync(files.caFile, certificate({ subject: issuer.name, key: authority.publicKey, issuer, extensions: isAuthority }));
  writeFileSync(
    files.certFile,
    certificate({ subject: 'Server of a test', key: server.publicKey, issuer, extensions: extension(ALTERNATIVE_NAMES, names) })
  );
  writeFileSync(files.keyFile, server.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return files;
}

interface CertificateParts {
  subject: string;
  key: KeyObject;
  issuer: { name: string; key: KeyObject };
  extensions: Buffer;
}

/** RFC 5280, section 4.1. */
function certificate({ subject, key, issuer, extensions }: CertificateParts): string {
  const algorithm = sequence(oid(ECDSA_SHA256));
  const now = Date.now();
  const signed = sequence(
    tlv(0xa0, tlv(0x02, Buffer.of(2))),
    tlv(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    nameOf(issuer.name),
    sequence(time(now - DAY_MS), time(now + DAY_MS)),
    nameOf(subject),
    key.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(extensions))
  );
  const signature = tlv(0x03, Buffer.concat([Buffer.of(0), sign('sha256', signed, issuer.key)]));
  // OpenSSL refuses an empty line before the end.
  const lines =
    sequence(signed, algorithm, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const TRUE = tlv(0x01, Buffer.of(0xff));

function keyPair(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), ...(id === BASIC_CONSTRAINTS ? [TRUE] : []), tlv(0x04, value));
}

function nameOf(text: string): Buffer {
  return sequence(tlv(0x31, sequence(oid(COMMON_NAME), tlv(0x0c, Buffer.from(text)))));
}

/** UTCTime: two digits of the year suffice until 2049. */
function time(ms: number): Buffer {
  return tlv(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
}

function sequence(...parts: Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(number: number): number[] {
  const digits = [number & 0x7f];
  for (let high = number >> 7; high > 0; high >>= 7) digits.unshift((high & 0x7f) | 0x80);
  return digits;
}

function tlv(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}
