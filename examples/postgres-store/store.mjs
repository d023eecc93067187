// Copies chats, contacts and messages into PostgreSQL. Each event takes effect exactly once, because its rows and the cursor are written in one transaction.
// You can start several processes: one works, and the others wait until it ends.
import { readFileSync } from 'node:fs';
import { WabusClient } from '@wabus/sdk';
import pg from 'pg';

const READER = process.env.WABUS_READER ?? 'postgres-store';
/** The position at which a new database begins: as far back as the log reaches. */
const BEGINNING = '2020-01-01T00:00:00Z';
const MOST_EVENTS = 200;
/** The stub type of a message that was deleted for everybody. */
const REVOKED = 1;
/** Contents that do not appear as messages in a chat. */
const CHANGES = [
  'reactionMessage',
  'encReactionMessage',
  'protocolMessage',
  'pollUpdateMessage',
  'keepInChatMessage',
  'pinInChatMessage',
  'secretEncryptedMessage'
];
const BESIDE = ['messageContextInfo', 'senderKeyDistributionMessage'];
const WRAPPERS = ['ephemeralMessage', 'viewOnceMessage', 'viewOnceMessageV2', 'documentWithCaptionMessage'];

/** The effect of each event, within the transaction of its batch. */
const APPLY = {
  'messages.upsert': (at, { messages }) => each(messages, message => putMessage(at, message)),
  'messages.update': (at, updates) => each(updates, ({ key, update }) => changeMessage(at, key, update)),
  'messages.delete': (at, { keys, jid }) => (keys ? each(keys, key => deleteForMe(at, key)) : clearChat(at, jid)),
  'messages.reaction': (at, reactions) => each(reactions, ({ key, reaction }) => react(at, key, reaction)),
  'messaging-history.set': async (at, { chats, contacts, messages }) => {
    await each(contacts, contact => putContact(at, contact));
    await each(chats, chat => putChat(at, chat));
    await each(messages, message => putMessage(at, message));
  },
  'chats.upsert': (at, chats) => each(chats, chat => putChat(at, chat)),
  'chats.update': (at, chats) => each(chats, chat => putChat(at, chat)),
  'chats.delete': (at, jids) =>
    each(jids, jid => query('UPDATE chats SET deleted_at = $3 WHERE session = $1 AND jid = $2', [at.session, jid, at.at])),
  'contacts.upsert': (at, contacts) => each(contacts, contact => putContact(at, contact)),
  'contacts.update': (at, contacts) => each(contacts, contact => putContact(at, contact)),
  'groups.upsert': (at, groups) => each(groups, ({ id, subject }) => putChat(at, { id, name: subject })),
  'groups.update': (at, groups) => each(groups, ({ id, subject }) => putChat(at, { id, name: subject })),
  'lid-mapping.update': (at, { lid, pn }) => join(at, lid, pn)
};

const database = new pg.Client({ connectionString: process.env.DATABASE_URL, application_name: READER });
// If the connection is lost, so is the transaction, and the next start continues after the last complete one.
database.on('error', error => fail(error));
await database.connect();
// The lock is held as long as this connection: another process waits here.
await query('SELECT pg_advisory_lock(hashtext($1))', [READER]);
await query(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));

const client = new WabusClient({ url: process.env.WABUS_URL ?? 'http://localhost:3000', token: process.env.WABUS_TOKEN });
client.onError(error => console.error(error.code, error.message));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => client.close());
console.log('storing');
try {
  await store(await position());
} catch (error) {
  // The log was created again, for example after a restore: read all of its events. Existing rows remain.
  if (error.details?.reason !== 'another-log') fail(error);
  await store(error.details.logCreatedAt).catch(fail);
}
await database.end();

async function store(since) {
  const onGap = ({ firstAt }) => console.error('the log no longer has the events before', firstAt);
  for await (const batch of batches(client.events({ events: Object.keys(APPLY), since, onGap }))) {
    await query('BEGIN');
    for (const event of batch) await APPLY[event.event](event, event.data);
    await query(
      `INSERT INTO positions AS p (reader, cursor, applied) VALUES ($1, $2, $3)
       ON CONFLICT (reader) DO UPDATE SET cursor = EXCLUDED.cursor, applied = p.applied + EXCLUDED.applied`,
      [READER, batch.at(-1).cursor, batch.length]
    );
    await query('COMMIT');
  }
}

async function position() {
  const { rows } = await query('SELECT cursor FROM positions WHERE reader = $1', [READER]);
  return rows[0]?.cursor ?? process.env.WABUS_SINCE ?? BEGINNING;
}

/** Yields the events that have arrived in batches: a transaction for each event would wait for the disk each time. */
async function* batches(events) {
  let next = events.next();
  for (;;) {
    const first = await next;
    if (first.done) return;
    const batch = [first.value];
    for (next = events.next(); batch.length < MOST_EVENTS; next = events.next()) {
      const more = await Promise.race([next, new Promise(resolve => setImmediate(resolve))]);
      if (more === undefined || more.done) break;
      batch.push(more.value);
    }
    // A failure is thrown where the promise is awaited.
    next.catch(() => undefined);
    yield batch;
  }
}

async function putMessage(at, { key, message: original = null, messageTimestamp, messageStubType, pushName, status }) {
  if (!key?.remoteJid || !key.id) return;
  await join(at, key.remoteJid, key.remoteJidAlt);
  // A message that was edited right after it was sent arrives in its edited form.
  const edit = original?.editedMessage?.message;
  const message = edit ?? original;
  const content = unwrapped(message);
  const kind = Object.keys(content).find(name => !BESIDE.includes(name)) ?? null;
  if (message !== null && (kind === null || CHANGES.includes(kind))) return;
  const sentAt = new Date(Number(messageTimestamp ?? 0) * 1000);
  const known = await query(
    `UPDATE messages SET content = $5, kind = $6, text = $7, cursor = $8
     WHERE session = $1 AND chat = ANY($2) AND id = $3 AND from_me = $4 AND content IS NULL AND revoked_at IS NULL AND $5::jsonb IS NOT NULL`,
    [at.session, await addresses(at, key), key.id, key.fromMe === true, json(message), kind, textOf(content), at.cursor]
  );
  if (known.rowCount > 0) return;
  const { rowCount } = await query(
    `INSERT INTO messages (session, chat, id, from_me, participant, sent_at, push_name, kind, text, content, status, cursor, edited_at, revoked_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::timestamptz, $14::timestamptz
     WHERE NOT EXISTS (SELECT FROM messages WHERE session = $1 AND chat = ANY($15) AND id = $3 AND from_me = $4 AND participant = $5)`,
    [
      ...[at.session, key.remoteJid, key.id, key.fromMe === true, key.participant ?? '', sentAt, clean(pushName), kind, textOf(content)],
      ...[json(message), Number(status ?? 0), at.cursor],
      ...[edit ? at.at : null, messageStubType === REVOKED ? at.at : null, await addresses(at, key)]
    ]
  );
  if (rowCount === 0) return;
  await query(
    `INSERT INTO chats AS c (session, jid, last_message_at, messages) VALUES ($1, $2, $3, 1)
     ON CONFLICT (session, jid) DO UPDATE SET messages = c.messages + 1, last_message_at = greatest(c.last_message_at, EXCLUDED.last_message_at)`,
    [at.session, key.remoteJid, sentAt]
  );
}

/** Applies status changes, edits and deletions for everybody. */
async function changeMessage(at, key, update) {
  const edit = update.message?.editedMessage?.message;
  const isRevoked = update.messageStubType === REVOKED || (update.message === null && update.messageStubType === undefined);
  // When an admin deletes another member's message, `fromMe` of the key does not tell whether this account sent the message.
  const target = [at.session, await addresses(at, key), key.id];
  const where = 'WHERE session = $1 AND chat = ANY($2) AND id = $3';
  if (isRevoked)
    await query(`UPDATE messages SET revoked_at = coalesce(revoked_at, $4), text = NULL, content = NULL ${where}`, [...target, at.at]);
  else if (edit) {
    const values = [at.at, json(edit), textOf(unwrapped(edit)), key.fromMe === true];
    await query(`UPDATE messages SET edited_at = $4, content = $5, text = $6 ${where} AND from_me = $7 AND revoked_at IS NULL`, [
      ...target,
      ...values
    ]);
  }
  // Receipts can arrive out of order: a status only increases.
  if (update.status)
    await query(`UPDATE messages SET status = greatest(status, $4) ${where} AND from_me = $5`, [
      ...target,
      update.status,
      key.fromMe === true
    ]);
}

async function deleteForMe(at, key) {
  const values = [at.session, await addresses(at, key), key.id, key.fromMe === true, at.at];
  await query('UPDATE messages SET deleted_for_me_at = $5 WHERE session = $1 AND chat = ANY($2) AND id = $3 AND from_me = $4', values);
}

async function clearChat(at, jid) {
  const values = [at.session, await addresses(at, { remoteJid: jid }), at.at];
  await query('UPDATE messages SET deleted_for_me_at = coalesce(deleted_for_me_at, $3) WHERE session = $1 AND chat = ANY($2)', values);
}

/** Stores a reaction. An empty text removes it. */
async function react(at, key, { key: by, text, senderTimestampMs }) {
  const author = by?.fromMe ? 'me' : by?.participant || by?.remoteJid || key.remoteJid;
  const chats = await addresses(at, key);
  const { rows } = await query('SELECT chat FROM messages WHERE session = $1 AND chat = ANY($2) AND id = $3', [at.session, chats, key.id]);
  const values = [at.session, rows[0]?.chat ?? key.remoteJid, key.id, author];
  if (!text) await query('DELETE FROM reactions WHERE session = $1 AND chat = $2 AND message_id = $3 AND author = $4', values);
  else
    await query(
      `INSERT INTO reactions AS r (session, chat, message_id, author, emoji, at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (session, chat, message_id, author) DO UPDATE SET emoji = EXCLUDED.emoji, at = EXCLUDED.at WHERE r.at <= EXCLUDED.at`,
      [...values, clean(text), new Date(Number(senderTimestampMs ?? Date.parse(at.at)))]
    );
}

async function putChat(at, { id, name, archived, lidJid, pnJid }) {
  if (!id) return;
  if (lidJid && pnJid) await join(at, lidJid, pnJid);
  await query(
    `INSERT INTO chats AS c (session, jid, name, archived) VALUES ($1, $2, $3, $4)
     ON CONFLICT (session, jid) DO UPDATE SET name = coalesce(EXCLUDED.name, c.name), archived = coalesce(EXCLUDED.archived, c.archived), deleted_at = NULL`,
    [at.session, id, clean(name), archived ?? null]
  );
}

async function putContact(at, { id, name, notify, lid, phoneNumber }) {
  if (!id) return;
  if (lid && phoneNumber) await join(at, lid, phoneNumber);
  await query(
    `INSERT INTO contacts AS c (session, jid, name, push_name, updated_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (session, jid) DO UPDATE
     SET name = coalesce(EXCLUDED.name, c.name), push_name = coalesce(EXCLUDED.push_name, c.push_name), updated_at = EXCLUDED.updated_at`,
    [at.session, id, clean(name), clean(notify), at.at]
  );
}

/** Records two addresses of one person. */
async function join(at, jid, other) {
  if (!jid || !other || jid === other) return;
  const sql =
    'INSERT INTO addresses (session, jid, other) VALUES ($1, $2, $3) ON CONFLICT (session, jid) DO UPDATE SET other = EXCLUDED.other';
  await query(sql, [at.session, jid, other]);
  await query(sql, [at.session, other, jid]);
}

/** Returns the jids under which the chat of a message may be stored. */
async function addresses(at, { remoteJid, remoteJidAlt }) {
  const { rows } = await query('SELECT other FROM addresses WHERE session = $1 AND jid = $2', [at.session, remoteJid]);
  return [...new Set([remoteJid, remoteJidAlt, rows[0]?.other].filter(Boolean))];
}

function unwrapped(message) {
  const wrapper = WRAPPERS.find(name => message?.[name]?.message);
  return wrapper ? unwrapped(message[wrapper].message) : (message ?? {});
}

/** Returns the text or caption of a content; only the beginning of a text that is too large for the log. */
function textOf(content) {
  const texts = [content.conversation, ...Object.values(content).flatMap(value => [value?.text, value?.caption])];
  const text = texts.map(one => one?.$large?.preview ?? one).find(one => typeof one === 'string');
  return clean(text);
}

/** PostgreSQL cannot store the character 0 or half of a surrogate pair. */
function clean(text) {
  return typeof text === 'string' ? text.replaceAll('\0', '').toWellFormed() : null;
}

function json(value) {
  return value === null ? null : JSON.stringify(value, (_name, one) => (typeof one === 'string' ? clean(one) : one));
}

async function each(list, apply) {
  for (const one of list ?? []) await apply(one);
}

function query(text, values) {
  return database.query(text, values);
}

function fail(error) {
  console.error(error.code ?? '', error.message);
  process.exit(1);
}
