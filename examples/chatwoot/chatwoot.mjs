// The calls to Chatwoot's API that the connector makes: https://developers.chatwoot.com/api-reference
const WAIT_MS = 30_000;

/** The error of a call that Chatwoot refused or did not answer. */
export class ChatwootError extends Error {
  name = 'ChatwootError';

  constructor(call, status, body) {
    super(`${call}: ${status === null ? body : `status ${status} ${body.slice(0, 300)}`}`);
    this.status = status;
  }

  /** Whether the same call may succeed later. An invalid token counts, because an operator will correct it. */
  get isRetryable() {
    return this.status === null || this.status >= 500 || [401, 403, 408, 429].includes(this.status);
  }
}

export class Chatwoot {
  #settings;
  /** The identifier of the inbox in the public API. */
  #identifier;

  constructor(settings) {
    this.#settings = settings;
  }

  get account() {
    return this.#settings.account;
  }

  get inbox() {
    return this.#settings.inbox;
  }

  /** Checks the address, the token and the inbox. */
  async open() {
    const inbox = await this.#call('GET', `inboxes/${this.inbox}`);
    if (inbox.channel_type !== 'Channel::Api') throw new Error(`inbox ${this.inbox} is not an API inbox: see README.md`);
    this.#identifier = inbox.inbox_identifier;
  }

  /** Returns the contacts whose number or identifier is exactly this text. */
  async contactsWith(text) {
    const { payload } = await this.#call('GET', `contacts/search?q=${encodeURIComponent(text)}`);
    return payload.filter(({ identifier, phone_number: phone }) => identifier === text || phone === text);
  }

  async contact(id) {
    return (await this.#call('GET', `contacts/${id}`)).payload;
  }

  async createContact(fields) {
    const { payload } = await this.#call('POST', 'contacts', { inbox_id: this.inbox, ...fields });
    return { ...payload.contact, contact_inboxes: payload.contact_inbox ? [payload.contact_inbox] : [] };
  }

  async updateContact(id, fields) {
    await this.#call('PUT', `contacts/${id}`, fields);
  }

  /** Moves everything from the second contact to the first, and deletes the second. */
  async mergeContacts(base, other) {
    await this.#call('POST', 'actions/contact_merge', { base_contact_id: base, mergee_contact_id: other });
  }

  /** Returns the id of a contact in the inbox. Conversations with any other id belong to nobody. */
  async sourceOf(contact) {
    const known = contact.contact_inboxes?.find(({ inbox }) => inbox.id === this.inbox);
    return (known ?? (await this.#call('POST', `contacts/${contact.id}/contact_inboxes`, { inbox_id: this.inbox }))).source_id;
  }

  /** Returns the conversations of a contact in the inbox, newest first. */
  async conversationsOf(contact) {
    const { payload } = await this.#call('GET', `contacts/${contact}/conversations`);
    return payload.filter(({ inbox_id: inbox }) => inbox === this.inbox).sort((one, other) => other.id - one.id);
  }

  conversation(id) {
    return this.#call('GET', `conversations/${id}`);
  }

  createConversation(contact, source) {
    return this.#call('POST', 'conversations', { source_id: source, inbox_id: this.inbox, contact_id: contact, status: 'open' });
  }

  async openConversation(id) {
    await this.#call('POST', `conversations/${id}/toggle_status`, { status: 'open' });
  }

  /** Yields the conversations of the inbox with activity since a time (in seconds since 1970). */
  async *conversationsSince(seconds) {
    for (let page = 1; ; page++) {
      const query = `inbox_id=${this.inbox}&status=all&assignee_type=all&sort_by=last_activity_at_desc&page=${page}`;
      const { payload } = (await this.#call('GET', `conversations?${query}`)).data;
      for (const conversation of payload) {
        if (conversation.last_activity_at < seconds) return;
        yield conversation;
      }
      if (payload.length === 0) return;
    }
  }

  /** Yields the messages of a conversation since a time (in seconds since 1970), newest first. */
  async *messagesSince(conversation, seconds) {
    for (let before = ''; ;) {
      const { payload } = await this.#call('GET', `conversations/${conversation}/messages${before}`);
      const newestFirst = payload.sort((one, other) => other.id - one.id);
      for (const message of newestFirst) {
        if (message.created_at < seconds) return;
        yield message;
      }
      if (newestFirst.length === 0) return;
      before = `?before=${newestFirst.at(-1).id}`;
    }
  }

  /** Creates a message. `fields` has the names of Chatwoot; `file` is `{blob, name}`. */
  createMessage(conversation, fields, file) {
    if (!file) return this.#call('POST', `conversations/${conversation}/messages`, fields);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields))
      form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
    form.append('attachments[]', file.blob, file.name);
    return this.#call('POST', `conversations/${conversation}/messages`, form);
  }

  async deleteMessage(conversation, message) {
    await this.#call('DELETE', `conversations/${conversation}/messages/${message}`);
  }

  /** Sets the status of a message: `sent`, `delivered`, `read` or `failed`, with the reason. */
  async setStatus(conversation, message, status, reason) {
    const fields = { status, ...(reason ? { external_error: reason } : {}) };
    await this.#call('PATCH', `conversations/${conversation}/messages/${message}`, fields);
  }

  /** Marks a conversation as seen by the contact. */
  async markSeen(source, conversation) {
    const path = `${encodeURIComponent(this.#identifier)}/contacts/${encodeURIComponent(source)}/conversations/${conversation}/update_last_seen`;
    await this.#request('POST', `/public/api/v1/inboxes/${path}`);
  }

  #call(method, path, body) {
    return this.#request(method, `/api/v1/accounts/${this.account}/${path}`, body);
  }

  async #request(method, path, body) {
    const call = `${method} ${path.split('?')[0]}`;
    const isForm = body instanceof FormData;
    let response, text;
    try {
      response = await fetch(this.#settings.url + path, {
        method,
        headers: { api_access_token: this.#settings.token, ...(body && !isForm ? { 'content-type': 'application/json' } : {}) },
        body: body && !isForm ? JSON.stringify(body) : body,
        signal: AbortSignal.timeout(WAIT_MS)
      });
      text = await response.text();
    } catch (error) {
      throw new ChatwootError(call, null, error.message);
    }
    if (!response.ok) throw new ChatwootError(call, response.status, text);
    return text === '' ? null : JSON.parse(text);
  }
}
