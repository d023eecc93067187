import { asBytes, bytesJson } from '../bytes/byte-forms.codec.js';
import { toBase64 } from '../bytes/base64.codec.js';
import { neutralCredentials, ownIdentities } from '../device/credentials.policy.js';
import { MigrateError } from '../device/migrate.error.js';
import { neutralRecord } from '../device/record.policy.js';
import type { PortableDevice, PortableRecord } from '../device/portable-device.types.js';
import { convertSenderKey, convertSession } from './signal-record.codec.js';
import { publicKey } from './x25519.codec.js';

/** A row by column name. Bytes are `Uint8Array`. */
export type Row = Readonly<Record<string, unknown>>;

/** The tables of whatsmeow, with the column that names the account of a row; `null` for tables that all accounts share. */
export const WHATSMEOW_TABLES = {
  whatsmeow_device: 'jid',
  whatsmeow_pre_keys: 'jid',
  whatsmeow_sessions: 'our_jid',
  whatsmeow_sender_keys: 'our_jid',
  whatsmeow_app_state_sync_keys: 'jid',
  whatsmeow_app_state_version: 'jid',
  whatsmeow_app_state_mutation_macs: 'jid',
  whatsmeow_privacy_tokens: 'our_jid',
  whatsmeow_message_secrets: 'our_jid',
  whatsmeow_lid_map: null
} as const;
export type WhatsmeowTable = keyof typeof WHATSMEOW_TABLES;

/** The number of message secrets to transfer, from the end of the table: later votes and edits refer to recent messages. */
const MESSAGE_SECRETS = 4_000;

/** The rows of one account by table. Tables that an older version does not have are missing. */
export type WhatsmeowRows = Readonly<Partial<Record<WhatsmeowTable, readonly Row[]>>>;

/**
 * Returns the device in a database of whatsmeow: WAHA's GOWS, gowa, wuzapi, Evolution Go or mautrix. The columns are those of its schema up to version 14,
 * which later versions keep. `now` (ms since 1970) is stored in the sessions, whose JavaScript form has times.
 * @throws {MigrateError} if there is no linked account or a value is invalid
 */
export function readWhatsmeow(tables: WhatsmeowRows, now = Date.now()): PortableDevice {
  const [device] = tables.whatsmeow_device ?? [];
  if (device === undefined) throw new MigrateError('whatsmeow_device', 'The database has no linked account.');
  const preKeys = tables.whatsmeow_pre_keys ?? [];
  const syncKeys = tables.whatsmeow_app_state_sync_keys ?? [];
  const sessions = (tables.whatsmeow_sessions ?? []).map(row => ({ row, converted: sessionOf(row, now) }));
  const skipped = sessions.reduce((sum, { converted }) => sum + (converted?.skippedKeys ?? 0), 0);
  const records: PortableRecord[] = [
    ...preKeys.map(row => neutralRecord('pre-key', String(whole(row, 'key_id')), pairOf('whatsmeow_pre_keys.key', row['key']))),
    ...sessions.flatMap(({ row, converted }) =>
      converted === null ? [] : [neutralRecord('session', addressOf(row, 'their_id').join('.'), converted.session)]
    ),
    ...(tables.whatsmeow_sender_keys ?? []).map(row =>
      neutralRecord('sender-key', `${textOf(row, 'chat_id')}::${addressOf(row, 'sender_id').join('::')}`, senderKeyOf(row))
    ),
    ...syncKeys.map(row => {
      const value = { keyData: row['key_data'], fingerprint: row['fingerprint'], timestamp: String(row['timestamp']) };
      return neutralRecord('app-state-sync-key', syncKeyId(row), value);
    }),
    ...appStateVersions(tables),
    ...(tables.whatsmeow_lid_map ?? []).flatMap(row => {
      const [lid, pn] = [textOf(row, 'lid'), textOf(row, 'pn')];
      return [neutralRecord('lid-mapping', pn, lid), neutralRecord('lid-mapping', `${lid}_reverse`, pn)];
    }),
    ...(tables.whatsmeow_privacy_tokens ?? []).map(row =>
      neutralRecord('tctoken', textOf(row, 'their_jid'), { token: row['token'], timestamp: String(row['timestamp']) })
    ),
    ...messageSecrets(tables)
  ];
  const notes = skipped === 0 ? [] : [`${skipped} keys of skipped messages are not imported: WhatsApp sends those messages again.`];
  return { credentials: credentialsOf(device, preKeys, syncKeys), records, unknown: [], notes };
}

function credentialsOf(device: Row, preKeys: readonly Row[], syncKeys: readonly Row[]): Record<string, unknown> {
  const id = textOf(device, 'jid');
  const lid = optionalText(device, 'lid');
  const accountSignatureKey = required(device, 'adv_account_sig_key');
  const ids = preKeys.map(row => whole(row, 'key_id'));
  const unuploaded = preKeys.filter(row => Number(row['uploaded']) === 0 || row['uploaded'] === false).map(row => whole(row, 'key_id'));
  const nextPreKeyId = Math.max(0, ...ids) + 1;
  const newest = [...syncKeys].sort((a, b) => Number(b['timestamp']) - Number(a['timestamp']))[0];
  const name = optionalText(device, 'business_name') ?? optionalText(device, 'push_name');
  return neutralCredentials({
    me: { id, ...(lid === undefined ? {} : { lid }), ...(name === undefined ? {} : { name }) },
    noiseKey: pairOf('noise_key', device['noise_key']),
    signedIdentityKey: pairOf('identity_key', device['identity_key']),
    signedPreKey: {
      keyPair: pairOf('signed_pre_key', device['signed_pre_key']),
      signature: required(device, 'signed_pre_key_sig'),
      keyId: whole(device, 'signed_pre_key_id')
    },
    registrationId: whole(device, 'registration_id'),
    advSecretKey: required(device, 'adv_key'),
    account: {
      details: required(device, 'adv_details'),
      accountSignatureKey,
      accountSignature: required(device, 'adv_account_sig'),
      deviceSignature: required(device, 'adv_device_sig')
    },
    signalIdentities: ownIdentities(lid === undefined || lid.includes('@') ? lid : `${lid}@lid`, accountSignatureKey),
    platform: optionalText(device, 'platform'),
    nextPreKeyId,
    firstUnuploadedPreKeyId: unuploaded.length === 0 ? nextPreKeyId : Math.min(...unuploaded),
    myAppStateKeyId: newest === undefined ? undefined : syncKeyId(newest),
    registered: true
  });
}

function sessionOf(row: Row, now: number): ReturnType<typeof convertSession> {
  return converted('whatsmeow_sessions.session', () => convertSession(required(row, 'session'), now));
}

function senderKeyOf(row: Row): unknown {
  return bytesJson(converted('whatsmeow_sender_keys.sender_key', () => convertSenderKey(required(row, 'sender_key'))));
}

/** For each index, the value with the highest version is used. */
function appStateVersions({
  whatsmeow_app_state_version: versions = [],
  whatsmeow_app_state_mutation_macs: macs = []
}: WhatsmeowRows): PortableRecord[] {
  return versions.map(row => {
    const name = textOf(row, 'name');
    const indexValueMap: Record<string, { valueMac: unknown }> = {};
    for (const mac of macs.filter(one => one['name'] === name).sort((a, b) => Number(a['version']) - Number(b['version'])))
      indexValueMap[toBase64(required(mac, 'index_mac'))] = { valueMac: mac['value_mac'] };
    return neutralRecord('app-state-sync-version', name, { version: whole(row, 'version'), hash: row['hash'], indexValueMap });
  });
}

/** If two messages have the same id, the later one counts. A value that cannot be a secret is left out: it decrypts nothing. */
function messageSecrets({ whatsmeow_message_secrets: rows = [] }: WhatsmeowRows): PortableRecord[] {
  const byId = new Map(rows.slice(-MESSAGE_SECRETS).map(row => [textOf(row, 'message_id'), asBytes(row['key'])]));
  return [...byId].flatMap(([id, secret]) => (secret?.length === 32 ? [neutralRecord('message-secret', id, { secret })] : []));
}

function pairOf(field: string, value: unknown): { public: Uint8Array; private: Uint8Array } {
  const privateKey = asBytes(value);
  if (privateKey === null) throw new MigrateError(field, `${field} is missing.`);
  return { public: publicKey(field, privateKey), private: privateKey };
}

/** Parses an address of the form `<user>[_1]:<device>`. */
function addressOf(row: Row, column: string): [user: string, device: string] {
  const match = /^(.+):(\d+)$/.exec(textOf(row, column));
  if (match === null) throw new MigrateError(column, `${column} is not <user>:<device>.`);
  return [match[1]!, match[2]!];
}

const syncKeyId = (row: Row): string => toBase64(required(row, 'key_id'));

function required(row: Row, column: string): Uint8Array {
  const bytes = asBytes(row[column]);
  if (bytes === null || bytes.length === 0) throw new MigrateError(column, `${column} is missing.`);
  return bytes;
}

function textOf(row: Row, column: string): string {
  const text = optionalText(row, column);
  if (text === undefined) throw new MigrateError(column, `${column} is missing.`);
  return text;
}

function optionalText(row: Row, column: string): string | undefined {
  const value = row[column];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Parses an integer, which drivers may return as text if it is large. */
function whole(row: Row, column: string): number {
  const number = Number(row[column] ?? NaN);
  if (!Number.isSafeInteger(number)) throw new MigrateError(column, `${column} is not a whole number.`);
  return number;
}

function converted<T>(field: string, convert: () => T): T {
  try {
    return convert();
  } catch (error) {
    if (error instanceof MigrateError) throw error;
    throw new MigrateError(field, `${field} contains a record that cannot be read.`);
  }
}
