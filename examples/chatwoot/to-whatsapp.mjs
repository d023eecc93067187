// From Chatwoot to WhatsApp: the messages, deletions and edits of agents. The journal has the work before Chatwoot receives its answer.
import { setTimeout as delay } from 'node:timers/promises';
import { digestOf, fileContents, toMarkdown, toWhatsApp, whatsAppId } from './content.mjs';

const LONGEST_PAUSE_MS = 60_000;
const FILE_WAIT_MS = 120_000;
/** Uploads are kept for longer than this. */
const PLAN_MS = 3_000_000;
/** The number of this message type in Chatwoot's list of messages. */
const OUTGOING = 1;
/** The maximum difference between the clocks, and the accuracy of the time of the last webhook. */
const CLOCK_SECONDS = 60;
const RECOVERY_PAUSE_MS = 2_000;

export class ToWhatsApp {
  #chatwoot;
  #journal;
  #people;
  #wabus;
  #settings;
  /** The running work of each conversation, one item after another. */
  #lanes = new Map();
  #isStopped = false;
  #isCaughtUp = false;
  /** The work that is being written to disk, by key. */
  #accepting = new Map();

  constructor({ chatwoot, journal, people, wabus, settings }) {
    this.#chatwoot = chatwoot;
    this.#journal = journal;
    this.#people = people;
    this.#wabus = wabus;
    this.#settings = settings;
  }

  /** Continues with the unfinished work of the last process. */
  resume() {
    for (const [key, work] of this.#journal.entries('work')) this.#schedule(key, work);
  }

  /**
   * Adds the messages that agents wrote while no process was running, because Chatwoot sends a webhook only once. `since` is the value of `seenAt` at the start
   * of the process.
   */
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

  /** When the last webhook arrived, in seconds since 1970; `null` before the first. */
  get seenAt() {
    return this.#journal.get('mark', 'webhook') ?? null;
  }

  async #see() {
    const now = Math.floor(Date.now() / 1000);
    // Until then, there may be messages that are older than the last webhook but not handled yet.
    if (this.#isCaughtUp && now - (this.seenAt ?? 0) >= CLOCK_SECONDS) await this.#journal.put('mark', 'webhook', now);
  }

  /** Stores the work of a webhook. Resolves when it is on disk, to whether there is any. */
  async accept(payload) {
    const now = Math.floor(Date.now() / 1000);
    try {
      return await this.#take(payload);
    } catch (error) {
      void this.#recover(now);
      throw error;
    }
  }

  /** Chatwoot sends a webhook only once, so messages that could not be stored are requested when there is space again. */
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
    // Notes of agents and messages from WhatsApp are not sent.
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

  /** Resolves when no work is running. The next process continues with the unfinished work. */
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

  /** Tries until the work is done, or certainly impossible, and that is on disk. */
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

  /** Returns `null` if the work is done, and the error if it is impossible. Throws if another attempt may succeed. */
  async #attempt(key, work) {
    try {
      if (work.isDeletion) await this.#delete(work);
      else if (work.event === 'message_updated') await this.#edit(work);
      else await this.#send(key, work);
      return null;
    } catch (error) {
      if (error.retryable || error.isRetryable) throw error;
      if (error.code === 'UNKNOWN_MEDIA' && Date.now() - work.plan?.at > PLAN_MS) {
        // The uploads have expired: repeat them.
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
      // The plan is on disk before the first part is sent: a repetition must send the same content with the same keys, although each upload has a new
      // reference.
      await this.#journal.put('work', key, { ...work, plan });
      work.plan = plan;
    }
    const { parts, quoted } = work.plan;
    const ids = [];
    for (const [n, forms] of parts.entries()) {
      const messageId = whatsAppId(this.#chatwoot.account, id, n);
      const link = { cw: id, conversation: conversation.id, chat: chat.key, fromMe: true, isAgents: true };
      // This is stored before the message exists, so that its event is recognized.
      await this.#journal.put('wa', messageId, link);
      await this.#sendBest(chat.key, forms, { messageId, quoted: n === 0 ? quoted : undefined });
      ids.push(messageId);
    }
    await this.#journal.put('cw', id, { ids, content, isText: attachments.length === 0 });
    await this.#chatwoot.setStatus(conversation.id, id, 'sent').catch(() => undefined);
    console.log('sent', id, 'as', ids.join(' '));
  }

  /** Returns the plan for a message: the forms of each part, best first, and the message that it quotes. */
  async #planOf({ content, attachments, sender, repliesTo }) {
    const text = [this.#settings.sign && sender ? `*${sender}:*` : '', toWhatsApp(content)].filter(Boolean).join('\n');
    const files = [];
    // All files are uploaded first, because a message that is half sent cannot be undone.
    for (const url of attachments) files.push(await this.#upload(url));
    const parts = files.map((file, n) => fileContents(file.media, { ...file, caption: n === 0 ? text : '' }));
    const isSaid = parts.length > 0 && parts[0].some(form => form.caption);
    if (text !== '' && (!isSaid || parts[0][0].caption === undefined)) parts.unshift([{ text }]);
    return { parts, quoted: this.#quoted(repliesTo), at: Date.now() };
  }

  /** Sends the first form that works. Each has a key of its own, so that a repetition sends nothing twice. */
  async #sendBest(jid, forms, { messageId, quoted }) {
    for (const [n, content] of forms.entries()) {
      const isLast = n === forms.length - 1;
      const options = { messageId, ...(quoted ? { quoted } : {}) };
      try {
        return await this.#command(`${messageId}-${n}`).sendMessage(jid, content, options);
      } catch (error) {
        // The quoted message is too old: Wabus no longer has it.
        if (error.code === 'MESSAGE_UNKNOWN' && quoted)
          return this.#command(`${messageId}-${n}-alone`).sendMessage(jid, content, { messageId });
        if (isLast || !['CONVERSION_UNAVAILABLE', 'INVALID_ARGUMENTS'].includes(error.code)) throw error;
      }
    }
  }

  async #delete({ id, source }) {
    // A message from the phone has a `source_id` of this program, and one of an agent is recorded under its own id. Messages of contacts cannot be deleted.
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

  /** Whether the text has changed. Chatwoot reports every change of a message, including its status. */
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
    // Agents do not wait for the read receipt, and its loss does no harm.
    await this.#wabus.commands.readMessages(keys).catch(error => console.error('not marked as read', error.code));
    await this.#journal.drop('unread', chat.key);
  }

  #command(idempotencyKey) {
    return this.#wabus.commands.with({ session: this.#settings.wabus.session, idempotencyKey: `chatwoot-${idempotencyKey}` });
  }
}
