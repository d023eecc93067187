import { asBytes, bytesJson, neutralBytes } from '../bytes/byte-forms.codec.js';
import { ProtobufFields } from '../bytes/protobuf.codec.js';
import { credentialBytes, credentialFields, keyPair } from './credentials.policy.js';
import { MigrateError } from './migrate.error.js';
import { mappedUser, mendedJid } from './old-jid.policy.js';
import type { PortableRecord, RecordType } from './portable-device.types.js';

/**
 * Converts a record of any gateway to the neutral form.
 * @throws {MigrateError} with the type and the id if the value is invalid
 */
export function neutralRecord(type: RecordType, id: string, value: unknown): PortableRecord {
  try {
    const mended = mendedId(type, id);
    return { type, id: mended, value: NEUTRAL[type](value, mended) };
  } catch (error) {
    if (error instanceof MigrateError) throw new MigrateError(`${type} ${id}`, `Record ${type} ${JSON.stringify(id)}: ${error.message}`);
    throw error;
  }
}

/** The end of the id of a record that maps a LID to its phone number. */
const REVERSE = '_reverse';

const NEUTRAL: { readonly [T in RecordType]: (value: unknown, id: string) => unknown } = {
  'pre-key': value => keyPair('the key pair', value),
  session: sessionOf,
  'sender-key': senderKeyOf,
  'sender-key-memory': value =>
    Object.fromEntries(Object.entries(credentialFields('the value', value)).map(([jid, has]) => [mendedJid('a jid', jid), has])),
  'app-state-sync-key': value => {
    const { fingerprint, keyData, ...rest } = credentialFields('the value', value);
    return {
      ...(neutralBytes(rest) as object),
      keyData: credentialBytes('keyData', keyData),
      ...(fingerprint === undefined || fingerprint === null ? {} : { fingerprint: fingerprintOf(fingerprint) })
    };
  },
  'app-state-sync-version': value => {
    const { version, hash, indexValueMap } = credentialFields('the value', value);
    const values = Object.entries(credentialFields('indexValueMap', indexValueMap ?? {})).map(([index, one]) => {
      return [index, { valueMac: credentialBytes('a valueMac', credentialFields('a value', one)['valueMac']) }] as const;
    });
    return { version: Number(version), hash: credentialBytes('hash', hash, 128), indexValueMap: Object.fromEntries(values) };
  },
  'lid-mapping': (value, id) => mappedUser('the value', text(value), id.endsWith(REVERSE) ? 'pn' : 'lid'),
  'device-list': value => {
    if (!Array.isArray(value)) throw new MigrateError('the value', 'the value is not a list.');
    return value.map(String);
  },
  // The index of the type is a separate record with another form.
  tctoken: value => {
    const { token, ...rest } = credentialFields('the value', value);
    return { ...(neutralBytes(rest) as object), ...(token === undefined ? {} : { token: credentialBytes('token', token) }) };
  },
  'identity-key': value => credentialBytes('the key', value),
  'message-secret': value => {
    const { secret, isQuestion, poll } = credentialFields('the value', value);
    const asked = poll === undefined || poll === null ? null : pollOf(credentialFields('poll', poll));
    return {
      secret: credentialBytes('the secret', secret, 32),
      ...(isQuestion || asked ? { isQuestion: true } : {}),
      ...(asked ? { poll: asked } : {})
    };
  }
};

function mendedId(type: RecordType, id: string): string {
  if (id === '' || id.length > 256) throw new MigrateError('the id', 'the id is empty or too long.');
  switch (type) {
    case 'lid-mapping':
      return id.endsWith(REVERSE)
        ? `${mappedUser('the id', id.slice(0, -REVERSE.length), 'lid')}${REVERSE}`
        : mappedUser('the id', id, 'pn');
    case 'sender-key': {
      const [group = '', ...sender] = id.split('::');
      return [mendedJid('the id', group), ...sender].join('::');
    }
    case 'tctoken':
    case 'sender-key-memory':
    case 'device-list':
    case 'session':
    case 'identity-key':
      return mendedJid('the id', id);
    case 'pre-key':
    case 'app-state-sync-key':
    case 'app-state-sync-version':
    case 'message-secret':
      return id;
  }
}

/** A session in the form of libsignal's JavaScript. Older versions stored its JSON text as bytes. */
function sessionOf(value: unknown): unknown {
  const bytes = typeof value === 'string' || isMarked(value) ? asBytes(value) : null;
  const session = bytes === null ? value : parsed(bytes);
  const { _sessions } = credentialFields('the session', session);
  credentialFields('_sessions', _sessions);
  return neutralBytes(session);
}

/** A sender key as UTF-8 JSON in bytes, as Baileys stores it. Some stores unpack the JSON. */
function senderKeyOf(value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith('[')) return utf8(value);
  if (Array.isArray(value) && value.some(item => typeof item === 'object')) return utf8(JSON.stringify(value));
  const bytes = credentialBytes('the sender key', value);
  const chains = parsed(asBytes(bytes)!);
  if (!Array.isArray(chains)) throw new MigrateError('the sender key', 'the sender key is not a list of chains.');
  return bytes;
}

function fingerprintOf(value: unknown): unknown {
  const bytes = typeof value === 'string' || isMarked(value) ? asBytes(value) : null;
  if (bytes === null) return neutralBytes(value);
  const fields = new ProtobufFields(bytes);
  return { rawId: fields.number(1), currentIndex: fields.number(2), deviceIndexes: fields.numbers(3) };
}

function pollOf({ name, options }: Readonly<Record<string, unknown>>): { name: string; options: string[] } {
  if (!Array.isArray(options)) throw new MigrateError('options', 'the options of a poll are not a list.');
  return { name: typeof name === 'string' ? name : '', options: options.map(String) };
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  // Stores that parse JSON twice turn it into a number.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  throw new MigrateError('the value', 'the value is not a string.');
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new MigrateError('the value', 'the value does not contain the expected JSON.');
  }
}

function isMarked(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && asBytes(value) !== null;
}

const utf8 = (content: string) => bytesJson(new TextEncoder().encode(content));
