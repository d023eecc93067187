import { randomUUID } from 'node:crypto';

const INBOX = 7;
const IDENTIFIER = 'inbox-identifier';

export type ChatwootFields = Record<string, unknown>;

/** Thrown if Chatwoot refuses a call. */
export class ChatwootRefusal extends Error {
  constructor(
    readonly status: number,
    message: string
  ) {
    super(message);
  }
}

export interface ChatwootContact {
  readonly id: number;
  name: string;
  identifier: string | null;
  phone_number: string | null;
  custom_attributes: ChatwootFields;
  /** The contact's ids in the inbox. */
  sources: string[];
}

export interface ChatwootConversation {
  readonly id: number;
  contact: number;
  source: string;
  status: string;
  lastSeen: number;
  lastActivity: number;
}

export interface ChatwootFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly path: string;
}

export interface ChatwootMessage {
  readonly id: number;
  readonly conversation: number;
  content: string;
  message_type: 'incoming' | 'outgoing';
  private: boolean;
  source_id: string | null;
  content_attributes: ChatwootFields;
  status: string;
  files: ChatwootFile[];
  readonly created_at: number;
}

/** The data of one Chatwoot account with one API inbox. Each refusal is based on Chatwoot's models. */
export class ChatwootRecords {
  readonly inboxId = INBOX;
  readonly contacts = new Map<number, ChatwootContact>();
  readonly conversations = new Map<number, ChatwootConversation>();
  readonly messages = new Map<number, ChatwootMessage>();
  readonly files = new Map<string, ChatwootFile>();
  /** The base URL of files. */
  url = '';
  private ids = 100;

  inbox(id: number): ChatwootFields {
    if (id !== INBOX) throw new ChatwootRefusal(404, 'Resource could not be found');
    return { id, name: 'WhatsApp', channel_type: 'Channel::Api', inbox_identifier: IDENTIFIER };
  }

  /** Returns the contacts with texts that contain the query: contacts_controller.rb. */
  search(query: string): ChatwootFields[] {
    if (query.trim() === '') throw new ChatwootRefusal(422, 'Specify search string with parameter q');
    const has = (text: string | null): boolean => text?.includes(query.trim()) === true;
    const found = [...this.contacts.values()].filter(each => has(each.name) || has(each.phone_number) || has(each.identifier));
    return found.slice(0, 15).map(({ id }) => this.contactView(id));
  }

  createContact({ inbox_id: inbox, ...fields }: ChatwootFields): ChatwootFields {
    this.inbox(Number(inbox));
    const contact: ChatwootContact = {
      ...{ id: this.ids++, name: '', identifier: null, phone_number: null, custom_attributes: {}, sources: [randomUUID()] },
      ...fields
    };
    this.refuseTaken(contact);
    this.contacts.set(contact.id, contact);
    return { contact: this.contactView(contact.id), contact_inbox: { inbox: this.inbox(INBOX), source_id: contact.sources[0] } };
  }

  contact(id: number): ChatwootContact {
    const contact = this.contacts.get(id);
    if (!contact) throw new ChatwootRefusal(404, 'Resource could not be found');
    return contact;
  }

  contactView(id: number): ChatwootFields {
    const { sources, ...contact } = this.contact(id);
    return { ...contact, contact_inboxes: sources.map(source => ({ source_id: source, inbox: this.inbox(INBOX) })) };
  }

  updateContact(id: number, fields: ChatwootFields): ChatwootFields {
    const contact = { ...this.contact(id), ...fields };
    this.refuseTaken(contact);
    this.contacts.set(id, contact);
    return this.contactView(id);
  }

  addContactInbox(id: number, { inbox_id: inbox }: ChatwootFields): ChatwootFields {
    const source = randomUUID();
    this.inbox(Number(inbox));
    this.contact(id).sources.push(source);
    return { source_id: source, inbox: this.inbox(INBOX) };
  }

  /** Merges contacts as contact_merge_action.rb does: the base keeps its fields, and takes those that it lacks and everything that belongs to the other. */
  merge(baseId: number, mergeeId: number): ChatwootFields {
    const [base, mergee] = [this.contact(baseId), this.contact(mergeeId)];
    base.identifier ??= mergee.identifier;
    base.phone_number ??= mergee.phone_number;
    base.custom_attributes = { ...mergee.custom_attributes, ...base.custom_attributes };
    base.sources.push(...mergee.sources);
    for (const conversation of this.conversations.values()) if (conversation.contact === mergeeId) conversation.contact = baseId;
    this.contacts.delete(mergeeId);
    return this.contactView(baseId);
  }

  /** A conversation with another contact's `source_id` would return that other contact. */
  createConversation({ source_id: source, inbox_id: inbox, contact_id: contact, status = 'open' }: ChatwootFields): ChatwootFields {
    this.inbox(Number(inbox));
    if (!this.contact(Number(contact)).sources.includes(String(source))) throw new ChatwootRefusal(422, 'source_id should be unique');
    const conversation = { id: this.ids++, contact: Number(contact), source: String(source), status: String(status), lastSeen: 0 };
    this.conversations.set(conversation.id, { ...conversation, lastActivity: seconds() });
    return this.conversationView(conversation.id);
  }

  conversation(id: number): ChatwootConversation {
    const conversation = this.conversations.get(id);
    if (!conversation) throw new ChatwootRefusal(404, 'Resource could not be found');
    return conversation;
  }

  conversationView(id: number): ChatwootFields {
    const { contact, status, lastActivity } = this.conversation(id);
    return { id, inbox_id: INBOX, status, last_activity_at: lastActivity, meta: { sender: this.senderView(contact) } };
  }

  conversationViews(): ChatwootFields[] {
    const newestFirst = [...this.conversations.values()].sort((one, other) => other.lastActivity - one.lastActivity);
    return newestFirst.map(({ id }) => this.conversationView(id));
  }

  conversationsOf(contact: number): ChatwootFields[] {
    this.contact(contact);
    return [...this.conversations.values()].filter(each => each.contact === contact).map(({ id }) => this.conversationView(id));
  }

  setConversationStatus(id: number, status: string): ChatwootFields {
    this.conversation(id).status = status;
    return { meta: {}, payload: { success: true, conversation_id: id, current_status: status } };
  }

  seen(inbox: string, source: string, id: number): ChatwootFields {
    const conversation = this.conversation(id);
    if (inbox !== IDENTIFIER || conversation.source !== source) throw new ChatwootRefusal(404, 'Resource could not be found');
    conversation.lastSeen = seconds();
    return {};
  }

  addMessage(conversation: number, fields: Partial<ChatwootMessage>): ChatwootMessage {
    this.conversation(conversation).lastActivity = seconds();
    const given: ChatwootFields = fields.content_attributes ?? {};
    const replied = [...this.messages.values()].find(
      each =>
        each.conversation === conversation &&
        (each.id === given['in_reply_to'] || (each.source_id !== null && each.source_id === given['in_reply_to_external_id']))
    );
    const message: ChatwootMessage = {
      ...{ content: '', message_type: 'outgoing', private: false, source_id: null, status: 'sent', files: [] },
      ...fields,
      ...{ id: this.ids++, conversation, created_at: seconds() },
      // in_reply_to_message_builder.rb: both ids of an existing message, none of another.
      content_attributes: replied ? { in_reply_to: replied.id, in_reply_to_external_id: replied.source_id } : {}
    };
    this.messages.set(message.id, message);
    return message;
  }

  message(id: number): ChatwootMessage {
    const message = this.messages.get(id);
    if (!message) throw new ChatwootRefusal(404, 'Resource could not be found');
    return message;
  }

  /** Deletes only the content of the message: messages_controller.rb. */
  deleteMessage(message: ChatwootMessage): void {
    Object.assign(message, { content: 'This message was deleted', content_attributes: { deleted: true }, files: [] });
  }

  /** Returns twenty messages before an id, as message_finder.rb does. */
  page(conversation: number, before: number): ChatwootFields[] {
    const all = [...this.messages.values()].filter(each => each.conversation === conversation && each.id < before);
    return all.slice(-20).map(message => this.messageView(message));
  }

  addFile(file: Omit<ChatwootFile, 'path'>): ChatwootFile {
    const added = { ...file, path: `/rails/active_storage/blobs/${randomUUID()}/${encodeURIComponent(file.name)}` };
    this.files.set(added.path, added);
    return added;
  }

  /** Returns the message as the API shows it, with the type as a number. */
  messageView({ message_type: type, files, conversation, ...message }: ChatwootMessage): ChatwootFields {
    return { ...message, conversation_id: conversation, message_type: type === 'incoming' ? 0 : 1, attachments: this.filesView(files) };
  }

  /** Returns the message as a webhook shows it, with the type as a word. */
  webhookView({ files, conversation, created_at: at, ...message }: ChatwootMessage): ChatwootFields {
    const { source } = this.conversation(conversation);
    return {
      ...message,
      content_type: 'text',
      created_at: new Date(at * 1000).toISOString(),
      inbox: { id: INBOX, name: 'WhatsApp' },
      sender: { id: 1, name: 'Ada', type: 'user' },
      ...(files.length > 0 ? { attachments: this.filesView(files) } : {}),
      conversation: { ...this.conversationView(conversation), contact_inbox: { source_id: source } }
    };
  }

  private filesView(files: ChatwootFile[]): ChatwootFields[] {
    return files.map(({ path, type }) => ({ data_url: this.url + path, file_type: type.split('/')[0] }));
  }

  private senderView(id: number): ChatwootFields {
    const { name, identifier, phone_number: phone } = this.contact(id);
    return { id, name, identifier, phone_number: phone };
  }

  /** Refuses duplicates as contact.rb does: number and identifier are unique in the account. */
  private refuseTaken({ id, identifier, phone_number: phone }: ChatwootContact): void {
    for (const other of this.contacts.values()) {
      if (other.id === id) continue;
      if (identifier !== null && other.identifier === identifier) throw new ChatwootRefusal(422, 'Identifier has already been taken');
      if (phone !== null && other.phone_number === phone) throw new ChatwootRefusal(422, 'Phone number has already been taken');
    }
  }
}

const seconds = (): number => Math.floor(Date.now() / 1000);
