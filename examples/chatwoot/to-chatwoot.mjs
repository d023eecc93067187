// From WhatsApp to Chatwoot: handles the events of the session one after another, in order.
import { RetryDelivery } from '@wabus/sdk';
import { digestOf, shownOf, toMarkdown } from './content.mjs';
import { ChatwootError } from './chatwoot.mjs';

const REVOKED = 1;
/** The number of attempts to download a file before a note replaces it, and the delay between them. */
const FILE_ATTEMPTS = 6;
const FILE_RETRY_MS = 5_000;
const STATUS_CHAT = 'wabus-status';
/** The stages of a message that agents see. `accepted` and `server-ack` are `sent` in Chatwoot. */
const SHOWN_STAGES = new Set(['delivered', 'read', 'failed']);

export class ToChatwoot {
  #chatwoot;
  #journal;
  #people;
  #wabus;
  #settings;

  constructor({ chatwoot, journal, people, wabus, settings }) {
    this.#chatwoot = chatwoot;
    this.#journal = journal;
    this.#people = people;
    this.#wabus = wabus;
    this.#settings = settings;
  }

  /** The events that this class handles. */
  get events() {
    const status = this.#settings.status ? ['session.status', 'auth.qr'] : [];
    return [
      'messages.upsert',
      'messages.update',
      'messages.reaction',
      'message.progress',
      'lid-mapping.update',
      'groups.update',
      ...status
    ];
  }

  /** Handles an event. Throws `RetryDelivery` if the event must be delivered again. An event that Chatwoot refuses permanently is logged and skipped. */
  async handle(delivery) {
    try {
      await this.#dispatch(delivery);
    } catch (error) {
      if (error instanceof RetryDelivery) throw error;
      // The conversation or the contact was deleted in Chatwoot: start again.
      if (error.chat && error.status === 404 && delivery.attempt < 5) {
        await this.#people.forget(error.chat);
        throw new RetryDelivery(0, error.message);
      }
      if (!(error instanceof ChatwootError) || error.isRetryable) throw error;
      console.error('left out', delivery.event, delivery.id, error.message);
    }
  }

  async #dispatch({ event, data, ...delivery }) {
    if (event === 'messages.upsert') await this.#message(data.messages[0], delivery);
    else if (event === 'messages.update') for (const change of data) await this.#change(change, delivery);
    else if (event === 'messages.reaction') for (const reaction of data) await this.#reaction(reaction, delivery);
    else if (event === 'message.progress') await this.#progress(data);
    else if (event === 'lid-mapping.update') await this.#people.join(data.lid, data.pn);
    else if (event === 'groups.update') for (const { id, subject } of data) if (subject) await this.#people.rename(id, subject);
    if (event === 'session.status') await this.#status(data, delivery);
    if (event === 'auth.qr') await this.#qr(data, delivery);
  }

  async #message(message, delivery) {
    const { key } = message;
    if (!isChat(key.remoteJid) || this.#isOurs(key.id)) return;
    const shown = message.message ? shownOf(message.message) : withheld(message);
    if (!shown) return;
    const isIncoming = !key.fromMe;
    const isGroup = key.remoteJid.endsWith('@g.us');
    const chat = await this.#people.chatOf(key, isIncoming && !isGroup ? message.pushName || undefined : undefined);
    const file = shown.file ? await this.#fetch(shown.file, delivery) : null;
    const author = isGroup && isIncoming ? `**${authorOf(message)}**\n` : '';
    const content = author + [shown.text, file?.missing].filter(Boolean).join('\n');
    await this.#post(chat, { id: key.id, isIncoming, content, repliesTo: shown.repliesTo, file: file?.blob ? file : null });
    if (isIncoming) await this.#remember(chat, key);
  }

  /** Applies a deletion or an edit. Chatwoot cannot change a text, so an edit becomes a reply to the message. */
  async #change({ key, update }, { id }) {
    const known = this.#journal.get('wa', key.id);
    if (!known?.cw || known.isDeleted) return;
    if (update.message === null && update.messageStubType === REVOKED) {
      await this.#journal.put('wa', key.id, { ...known, isDeleted: true });
      await this.#chatwoot.deleteMessage(known.conversation, known.cw).catch(error => {
        if (error.status !== 404) throw error;
      });
      return;
    }
    const shown = update.message?.editedMessage ? shownOf(update.message) : null;
    if (!shown?.text || known.edit === digestOf(shown.text)) return;
    const content = `✏️ ${shown.text}`;
    await this.#post(this.#chat(known), { id: `${key.id}:${id}`, isIncoming: !known.fromMe, content, repliesTo: key.id });
  }

  /** Posts a reaction as a note for agents: a message would count as unread and open the conversation. */
  async #reaction({ key, reaction }, { id }) {
    const known = this.#journal.get('wa', key.id);
    if (!this.#settings.reactions || !known?.cw) return;
    const content = reaction.text ? `Reaction: ${reaction.text}` : 'The reaction was taken back';
    await this.#post(this.#chat(known), { id: `${id}:${key.id}`, isIncoming: false, isPrivate: true, content, repliesTo: key.id });
  }

  async #progress({ id, stage, error }) {
    const known = this.#journal.get('wa', id);
    if (!known?.cw || !SHOWN_STAGES.has(stage)) return;
    const ignore404 = refusal => {
      if (refusal.status !== 404) throw refusal;
    };
    await this.#chatwoot.setStatus(known.conversation, known.cw, stage, error?.message).catch(ignore404);
    if (stage === 'read') await this.#chatwoot.markSeen(this.#chat(known).source, known.conversation).catch(ignore404);
  }

  async #status({ session, state, lastDisconnect }, { id }) {
    const before = this.#journal.get('mark', 'state');
    if (state === before || !['pairing', 'open', 'waiting', 'logged-out', 'failed'].includes(state)) return;
    const why = state === 'open' || !lastDisconnect ? '' : `: ${lastDisconnect.message}`;
    await this.#post(await this.#people.notes(STATUS_CHAT, 'Wabus'), { id, isIncoming: true, content: `${session} is ${state}${why}` });
    await this.#journal.put('mark', 'state', state);
  }

  async #qr(_data, { id }) {
    // Requests the newest QR code, because the one in the event may have expired.
    const code = await this.#wabus.commands.getQr('png').catch(() => null);
    if (!code) return;
    const blob = new Blob([Buffer.from(code.qr.replace(/^data:[^,]*,/, ''), 'base64')], { type: 'image/png' });
    const chat = await this.#people.notes(STATUS_CHAT, 'Wabus');
    await this.#post(chat, { id, isIncoming: true, content: 'Scan this QR code', file: { blob, name: 'qr.png' } });
  }

  /**
   * Creates a message in Chatwoot once. The journal first records that it is being created. If a crash prevents the entry with its id, the next attempt
   * searches Chatwoot for a message with this `source_id`.
   */
  async #post(chat, { id, isIncoming, isPrivate = false, content, repliesTo, file }) {
    const known = this.#journal.get('wa', id);
    if (known?.cw) return;
    const source = `WAID:${id}`;
    try {
      const conversation = known?.conversation ?? (await this.#people.conversationOf(chat, { isIncoming }));
      const link = { conversation, chat: chat.key, fromMe: !isIncoming, since: known?.since ?? Math.floor(Date.now() / 1000) };
      if (known) {
        for await (const made of this.#chatwoot.messagesSince(conversation, link.since - 60))
          if (made.source_id === source) return await this.#journal.put('wa', id, { ...link, cw: made.id });
      }
      await this.#journal.put('wa', id, link);
      const fields = {
        content,
        message_type: isIncoming ? 'incoming' : 'outgoing',
        private: isPrivate,
        source_id: source,
        ...(repliesTo ? { content_attributes: this.#reply(repliesTo) } : {})
      };
      const { id: cw } = await this.#chatwoot.createMessage(conversation, fields, file).catch(error => {
        // The file is too large, or of a kind that Chatwoot refuses. Agents at least see that there was a file.
        if (!file || ![413, 422].includes(error.status)) throw error;
        return this.#chatwoot.createMessage(conversation, { ...fields, content: `${content}\n(${file.name}: refused by Chatwoot)`.trim() });
      });
      await this.#journal.put('wa', id, { ...link, cw });
      console.log('posted', id, 'as', cw);
    } catch (error) {
      if (error.status === 404) {
        await this.#journal.drop('wa', id);
        error.chat = chat;
      }
      throw error;
    }
  }

  #reply(id) {
    const cw = this.#journal.get('wa', id)?.cw;
    return { in_reply_to_external_id: `WAID:${id}`, ...(cw ? { in_reply_to: cw } : {}) };
  }

  /** Returns the file of a message, or the reason why there is none. */
  async #fetch({ name, mimetype }, { cursor, session, attempt }) {
    try {
      const download = await this.#wabus.media.download(cursor, { session });
      return { name, blob: new Blob([await download.blob()], { type: mimetype ?? download.mimetype }) };
    } catch (error) {
      if (error.retryable && attempt < FILE_ATTEMPTS) throw new RetryDelivery(FILE_RETRY_MS, error.message);
      return { missing: `(${name}: ${error.message})` };
    }
  }

  /** Records the messages that the answer of an agent marks as read. */
  async #remember(chat, { remoteJid, id, participant }) {
    if (!this.#settings.read) return;
    const keys = this.#journal.get('unread', chat.key) ?? [];
    if (keys.some(key => key.id === id)) return;
    const key = { remoteJid, id, fromMe: false, ...(participant ? { participant } : {}) };
    await this.#journal.put('unread', chat.key, [...keys.slice(-49), key]);
  }

  /** Whether the message was sent for an agent, so that its event brings nothing new. */
  #isOurs(id) {
    return this.#journal.get('wa', id)?.isAgents === true;
  }

  #chat({ chat }) {
    return this.#journal.get('chat', this.#journal.get('alias', chat) ?? chat);
  }
}

/** Agents do not see status posts, channels and broadcast lists. */
const isChat = jid => /@(lid|s\.whatsapp\.net|g\.us)$/.test(jid ?? '');

function authorOf({ key, pushName }) {
  const number = [key.participantAlt, key.participant].find(jid => jid?.endsWith('@s.whatsapp.net'));
  return [toMarkdown(pushName ?? ''), number ? `+${number.split('@')[0].split(':')[0]}` : ''].filter(Boolean).join(' ') || 'Somebody';
}

/** A message that can only be read on the phone. Any other one arrives again once it is readable. */
const withheld = ({ withheld }) => (withheld?.final ? { text: '(A message that only the phone shows.)' } : null);
