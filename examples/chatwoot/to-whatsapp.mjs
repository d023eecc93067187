// From Chatwoot to WhatsApp: what agents write, delete and edit. The journal has the work before Chatwoot gets its answer.
import { setTimeout as delay } from 'node:timers/promises';
import { digestOf, fileContents, toMarkdown, toWhatsApp, whatsAppId } from './content.mjs';

const LONGEST_PAUSE_MS = 60_000;
const FILE_WAIT_MS = 120_000;
/** Uploads are kept for longer than this. */
const PLAN_MS = 3_000_000;
/** Chatwoot's numbers of message types, as its list of messages has them. */
const OUTGOING = 1;
/** How far clocks may be apart, and how exactly the time of the last webhook is known. */
const CLOCK_SECONDS = 60;
const RECOVERY_PAUSE_MS = 2_000;

export class ToWhatsApp {
  #chatwoot;
  #journal;
  #people;
  #wabus;
  #settings;
  /** What is under way in each conversation: one thing after the other. */
  #lanes = new Map();
  #isStopped = false;
  #isCaughtUp = false;
  /** What is on its way to the disk, by its key. */
  #accepting = new Map();

  constructor({ chatwoot, journal, people, wabus, settings }) {
    this.#chatwoot = chatwoot;
    this.#journal = journal;
    this.#people = people;
    this.#wabus = wabus;
    this.#settings = settings;
  }

  /** Continues with what the last process left. */
  resume() {
    for (const [key, work] of this.#journal.entries('work')) this.#schedule(key, work);
  }

  /** Takes what agents wrote while no process ran, because Chatwoot sends a webhook only once. `since` is what `seenAt` was when the process started. */
  async catchUp(since) {
    for await (const { id, meta } of since === null ? [] : this.#chatwoot.conversationsSince(since - CLOCK_SECONDS)) {
      const missed = [];
      for await (const message of this.#chatwoot.messagesSince(id, since - CLOCK_SECONDS))
        if (message.message_type === OUTGOING) missed.unshift(message);
      for (const message of missed) {
        const event = message.content_attributes?.deleted ? 'message_updated' : 'message_created';
        const more = { event, message_type: 'outgoing', inbox: { id: this.#chatwoot.inbox }, conversation: { id, meta } };
        await this.accept({ ...message, ...more });
      }
    }
    this.#isCaughtUp = true;
    await this.#see();
  }

  /** When the last webhook came, in seconds since 1970; `null` before the first. */
  get seenAt() {
    return this.#journal.get('mark', 'webhook') ?? null;
  }

  async #see() {
    const now = Math.floor(Date.now() / 1000);
    // Until then, somebody may have written before what has been seen.
    if (this.#isCaughtUp && now - (this.seenAt ?? 0) >= CLOCK_SECONDS) await this.#journal.put('mark', 'webhook', now);
  }

  /** Resolves when the work is on disk. Says whether there is any. */
  async accept(payload) {
    const now = Math.floor(Date.now() / 1000);
    try {
      return await this.#take(payload);
    } catch (error) {
      void this.#recover(now);
      throw error;
    }
  }

  /** Chatwoot sends a webhook only once: what could not be stored is asked for when there is room again. */
  async #recover(since) {
    if (!this.#isCaughtUp) return;
    this.#isCaughtUp = false;
    while (!this.#isStopped && !this.#isCaughtUp) {
      await delay(RECOVERY_PAUSE_MS, undefined, { ref: false });
      await this.catchUp(Math.min(this.seenAt ?? since, since)).catch(error => console.error('not caught up', error.message));
    }
  }

  async #take(payload) {
    const { event, id, content, private: isPrivate, source_id: source, inbox, conversation } = payload;
    const attributes = payload.content_attributes ?? {};
    await this.#see();
    const isMessage = event === 'message_created' || event === 'message_updated';
    // Notes of agents, and what came from us, stay where they are.
    if (!isMessage || payload.message_type !== 'outgoing' || isPrivate || inbox?.id !== this.#chatwoot.inbox) return false;
    const isDeletion = event === 'message_updated' && attributes.deleted === true;
    if (source?.startsWith('WAID:') && !isDeletion) return false;
    if (event === 'message_updated' && !isDeletion && !this.#isEdit(id, content)) return false;
    const key = event === 'message_created' ? `${id}` : `${id} ${isDeletion ? 'deleted' : digestOf(content)}`;
    if (this.#journal.get('work', key) || this.#journal.get('done', key)) return false;
    if (this.#accepting.has(key)) {
      await this.#accepting.get(key);
      return false;
    }
    const work = {
      ...{ event, id, content: content ?? '', isDeletion, source, repliesTo: attributes.in_reply_to ?? null },
      attachments: (payload.attachments ?? []).map(({ data_url: url }) => url),
      sender: payload.sender?.name ?? null,
      conversation: { id: conversation.id, meta: { sender: conversation.meta?.sender } }
    };
    const stored = this.#journal.put('work', key, work).finally(() => this.#accepting.delete(key));
    this.#accepting.set(key, stored);
    await stored;
    this.#schedule(key, work);
    return true;
  }

  /** Resolves when nothing is under way any more. What is not finished is left to the next process. */
  async stop() {
    this.#isStopped = true;
    await Promise.all(this.#lanes.values());
  }

  #schedule(key, work) {
    const lane = work.conversation.id;
    const running = (this.#lanes.get(lane) ?? Promise.resolve()).then(() => this.#finish(key, work));
    this.#lanes.set(lane, running);
    void running.then(() => this.#lanes.get(lane) === running && this.#lanes.delete(lane));
  }

  /** Tries until it is done, or certainly cannot be, and that is on disk. */
  async #finish(key, work) {
    for (let pauseMs = 1_000; !this.#isStopped; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        const refusal = await this.#attempt(key, work);
        await Promise.all([this.#journal.put('done', key, refusal === null), this.#journal.drop('work', key)]);
        if (refusal) await this.#chatwoot.setStatus(work.conversation.id, work.id, 'failed', String(refusal)).catch(() => undefined);
        return;
      } catch (error) {
        console.error('failed', key, String(error));
        await delay(pauseMs);
      }
    }
  }

  /** `null` when it is done, the error when it cannot be. Throws when another attempt may succeed. */
  async #attempt(key, work) {
    try {
      if (work.isDeletion) await this.#delete(work);
      else if (work.event === 'message_updated') await this.#edit(work);
      else await this.#send(key, work);
      return null;
    } catch (error) {
      if (error.retryable || error.isRetryable) throw error;
      if (error.code === 'UNKNOWN_MEDIA' && Date.now() - work.plan?.at > PLAN_MS) {
        // The uploads have expired, and are made again.
        delete work.plan;
        throw error;
      }
      console.error('failed', key, String(error));
      return error;
    }
  }

  async #send(key, work) {
    const { id, content, attachments, conversation } = work;
    const chat = await this.#people.chatOfConversation(conversation);
    if (!chat) throw new Error('The contact has neither a number nor an identifier of WhatsApp.');
    await this.#markRead(chat);
    if (!work.plan) {
      const plan = await this.#planOf(work);
      // On disk before the first part is sent: a repetition must say the same under the same keys, and each upload has a reference of its own.
      await this.#journal.put('work', key, { ...work, plan });
      work.plan = plan;
    }
    const { parts, quoted } = work.plan;
    const ids = [];
    for (const [n, forms] of parts.entries()) {
      const messageId = whatsAppId(this.#chatwoot.account, id, n);
      const link = { cw: id, conversation: conversation.id, chat: chat.key, fromMe: true, isAgents: true };
      // Before the message exists, so that its event is recognized.
      await this.#journal.put('wa', messageId, link);
      await this.#sendBest(chat.key, forms, { messageId, quoted: n === 0 ? quoted : undefined });
      ids.push(messageId);
    }
    await this.#journal.put('cw', id, { ids, content, isText: attachments.length === 0 });
    await this.#chatwoot.setStatus(conversation.id, id, 'sent').catch(() => undefined);
    console.log('sent', id, 'as', ids.join(' '));
  }

  /** What is sent: the forms of each part, best first, and the message that is answered. */
  async #planOf({ content, attachments, sender, repliesTo }) {
    const text = [this.#settings.sign && sender ? `*${sender}:*` : '', toWhatsApp(content)].filter(Boolean).join('\n');
    const files = [];
    // All files first: a message of which half has been sent cannot be taken back.
    for (const url of attachments) files.push(await this.#upload(url));
    const parts = files.map((file, n) => fileContents(file.media, { ...file, caption: n === 0 ? text : '' }));
    const isSaid = parts.length > 0 && parts[0].some(form => form.caption);
    if (text !== '' && (!isSaid || parts[0][0].caption === undefined)) parts.unshift([{ text }]);
    return { parts, quoted: this.#quoted(repliesTo), at: Date.now() };
  }

  /** The first form that can be sent, under a key of its own each, so that a repetition sends nothing twice. */
  async #sendBest(jid, forms, { messageId, quoted }) {
    for (const [n, content] of forms.entries()) {
      const isLast = n === forms.length - 1;
      const options = { messageId, ...(quoted ? { quoted } : {}) };
      try {
        return await this.#command(`${messageId}-${n}`).sendMessage(jid, content, options);
      } catch (error) {
        // The message that is answered is too old to be known.
        if (error.code === 'MESSAGE_UNKNOWN' && quoted)
          return this.#command(`${messageId}-${n}-alone`).sendMessage(jid, content, { messageId });
        if (isLast || !['CONVERSION_UNAVAILABLE', 'INVALID_ARGUMENTS'].includes(error.code)) throw error;
      }
    }
  }

  async #delete({ id, source }) {
    // A message from the phone has our `source_id`, one of an agent is known by its own id. Those of contacts are not ours to delete.
    const ids = this.#journal.get('cw', id)?.ids ?? (source ? [source.slice('WAID:'.length)] : []);
    for (const messageId of ids) {
      const known = this.#journal.get('wa', messageId);
      if (!known?.fromMe || known.isDeleted) continue;
      const key = { remoteJid: known.chat, id: messageId, fromMe: true };
      await this.#command(`${messageId}-delete`).sendMessage(known.chat, { delete: key });
      await this.#journal.put('wa', messageId, { ...known, isDeleted: true });
      console.log('deleted', messageId);
    }
  }

  async #edit({ id, content }) {
    const sent = this.#journal.get('cw', id);
    const [messageId] = sent.ids;
    const { chat } = this.#journal.get('wa', messageId);
    const text = toWhatsApp(content);
    await this.#journal.put('wa', messageId, { ...this.#journal.get('wa', messageId), edit: digestOf(toMarkdown(text)) });
    const edit = { remoteJid: chat, id: messageId, fromMe: true };
    await this.#command(`${messageId}-edit-${digestOf(text)}`).sendMessage(chat, { text, edit });
    await this.#journal.put('cw', id, { ...sent, content });
    console.log('edited', messageId);
  }

  /** Chatwoot reports every change of a message, of its status too. */
  #isEdit(id, content) {
    const sent = this.#journal.get('cw', id);
    return sent?.isText === true && typeof content === 'string' && content !== '' && content !== sent.content;
  }

  #quoted(repliesTo) {
    if (repliesTo === null) return undefined;
    const [id] = this.#journal.get('cw', repliesTo)?.ids ?? [];
    const found = id ?? this.#journal.entries('wa').find(([, { cw }]) => cw === repliesTo)?.[0];
    return found === undefined ? undefined : { key: { id: found } };
  }

  async #upload(url) {
    let response;
    try {
      response = await fetch(url, { signal: AbortSignal.timeout(FILE_WAIT_MS) });
    } catch (error) {
      throw Object.assign(new Error(`The file cannot be fetched: ${error.message}`), { retryable: true });
    }
    if (!response.ok)
      throw Object.assign(new Error(`The file cannot be fetched: status ${response.status}`), { retryable: response.status >= 500 });
    const blob = await response.blob();
    const fileName = decodeURIComponent(new URL(url).pathname.split('/').at(-1)) || 'file';
    const { media, mimetype } = await this.#wabus.media.upload(blob, { fileName, session: this.#settings.wabus.session });
    return { media, mimetype: mimetype === 'application/octet-stream' && blob.type ? blob.type : mimetype, fileName };
  }

  async #markRead(chat) {
    const keys = this.#journal.get('unread', chat.key) ?? [];
    if (keys.length === 0) return;
    // Agents should not wait for it, and nobody misses it.
    await this.#wabus.commands.readMessages(keys).catch(error => console.error('not marked as read', error.code));
    await this.#journal.drop('unread', chat.key);
  }

  #command(idempotencyKey) {
    return this.#wabus.commands.with({ session: this.#settings.wabus.session, idempotencyKey: `chatwoot-${idempotencyKey}` });
  }
}
