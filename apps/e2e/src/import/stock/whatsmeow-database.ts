import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BufferJSON, proto, type AuthenticationCreds } from 'baileys-stock';

/** The whatsmeow tables that matter here, as its own upgrades create them, without foreign keys. */
const SCHEMA = `
CREATE TABLE whatsmeow_device (jid TEXT PRIMARY KEY, lid TEXT, facebook_uuid uuid, registration_id BIGINT NOT NULL, noise_key bytea NOT NULL,
  identity_key bytea NOT NULL, signed_pre_key bytea NOT NULL, signed_pre_key_id INTEGER NOT NULL, signed_pre_key_sig bytea NOT NULL, adv_key bytea NOT NULL,
  adv_details bytea NOT NULL, adv_account_sig bytea NOT NULL, adv_account_sig_key bytea NOT NULL, adv_device_sig bytea NOT NULL,
  platform TEXT NOT NULL DEFAULT '', business_name TEXT NOT NULL DEFAULT '', push_name TEXT NOT NULL DEFAULT '');
CREATE TABLE whatsmeow_pre_keys (jid TEXT, key_id INTEGER, key bytea NOT NULL, uploaded BOOLEAN NOT NULL, PRIMARY KEY (jid, key_id));
CREATE TABLE whatsmeow_sessions (our_jid TEXT, their_id TEXT, session bytea, PRIMARY KEY (our_jid, their_id));
CREATE TABLE whatsmeow_sender_keys (our_jid TEXT, chat_id TEXT, sender_id TEXT, sender_key bytea NOT NULL, PRIMARY KEY (our_jid, chat_id, sender_id));
CREATE TABLE whatsmeow_app_state_sync_keys (jid TEXT, key_id bytea, key_data bytea NOT NULL, timestamp BIGINT NOT NULL, fingerprint bytea NOT NULL,
  PRIMARY KEY (jid, key_id));
CREATE TABLE whatsmeow_lid_map (lid TEXT PRIMARY KEY, pn TEXT UNIQUE NOT NULL);
CREATE TABLE whatsmeow_message_secrets (our_jid TEXT, chat_jid TEXT, sender_jid TEXT, message_id TEXT, key bytea NOT NULL);
`;

/**
 * Returns the SQL of a whatsmeow database with the session in a folder, whose
 * sessions and sender keys whatsapp-rust-bridge wrote, and with a second account.
 */
export function whatsmeowDatabase(folder: string, dialect: 'sqlite' | 'postgres'): string {
  const blob = (bytes: Uint8Array): string => (dialect === 'sqlite' ? `X'${hex(bytes)}'` : `'\\x${hex(bytes)}'`);
  const truth = (value: boolean): string => (dialect === 'sqlite' ? String(Number(value)) : String(value));
  const creds = read<AuthenticationCreds>(folder, 'creds.json');
  const { account, me, signedPreKey } = creds;
  const jid = text(me!.id);
  const device = (id: string) =>
    insert('whatsmeow_device', [
      id,
      me!.lid ? text(me!.lid) : 'NULL',
      'NULL',
      creds.registrationId,
      blob(creds.noiseKey.private),
      blob(creds.signedIdentityKey.private),
      blob(signedPreKey.keyPair.private),
      signedPreKey.keyId,
      blob(signedPreKey.signature),
      blob(Buffer.from(creds.advSecretKey, 'base64')),
      ...[account!.details, account!.accountSignature, account!.accountSignatureKey, account!.deviceSignature].map(one =>
        blob(typeof one === 'string' ? Buffer.from(one, 'base64') : one!)
      ),
      text(creds.platform ?? ''),
      text(''),
      text(me!.name ?? '')
    ]);
  const rows = readdirSync(folder).flatMap(file => {
    const [, type = '', id = ''] =
      /^(pre-key|session|sender-key|app-state-sync-key|lid-mapping)-(?!memory|version)(.*)\.json$/.exec(file) ?? [];
    switch (type) {
      case 'pre-key': {
        const { private: key } = read<{ private: Uint8Array }>(folder, file);
        return insert('whatsmeow_pre_keys', [jid, id, blob(key), truth(Number(id) < creds.firstUnuploadedPreKeyId)]);
      }
      case 'session':
        return insert('whatsmeow_sessions', [jid, text(id.replace('.', ':')), blob(read<Uint8Array>(folder, file))]);
      case 'sender-key': {
        const [chat = '', user = '', number = ''] = id.split('--');
        return insert('whatsmeow_sender_keys', [jid, text(chat), text(`${user}:${number}`), blob(read<Uint8Array>(folder, file))]);
      }
      case 'app-state-sync-key': {
        const { keyData, fingerprint, timestamp } = read<{ keyData: string; fingerprint: object; timestamp: string }>(folder, file);
        const packed = proto.Message.AppStateSyncKeyFingerprint.encode(proto.Message.AppStateSyncKeyFingerprint.fromObject(fingerprint));
        const keyId = Buffer.from(id.replaceAll('__', '/'), 'base64');
        return insert('whatsmeow_app_state_sync_keys', [
          jid,
          blob(keyId),
          blob(Buffer.from(keyData, 'base64')),
          timestamp,
          blob(packed.finish())
        ]);
      }
      case 'lid-mapping':
        return id.endsWith('_reverse') ? [] : insert('whatsmeow_lid_map', [text(read<string>(folder, file)), text(id)]);
      default:
        return [];
    }
  });
  const secret = insert('whatsmeow_message_secrets', [jid, text('1@lid'), text('1@lid'), text('3EB0AA'), blob(new Uint8Array(32).fill(7))]);
  return `${SCHEMA}BEGIN;\n${[device(jid), device(text('15559999999:4@s.whatsapp.net')), ...rows, secret].join('\n')}\nCOMMIT;\n`;
}

function read<T>(folder: string, file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'), BufferJSON.reviver) as T;
}

const insert = (table: string, values: (string | number)[]): string => `INSERT INTO ${table} VALUES (${values.join(', ')});`;
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
