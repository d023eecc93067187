// Maps chats of WhatsApp to contacts and conversations of Chatwoot. A person has two addresses, a LID and a number, and must remain one contact.
export class People {
  #chatwoot;
  #journal;
  #wabus;
  #settings;

  constructor({ chatwoot, journal, wabus, settings }) {
    this.#chatwoot = chatwoot;
    this.#journal = journal;
    this.#wabus = wabus;
    this.#settings = settings;
  }

  /** Returns the chat for the key of a message, and creates it if necessary. `name` is the name of the person or group. */
  async chatOf(key, name) {
    const { remoteJid: jid, remoteJidAlt: other } = key;
    if (jid.endsWith('@g.us')) return this.#known(jid) ?? this.#find({ jid, name: `${await this.#subject(jid)} (group)` });
    return this.#person(pair(jid, other), name);
  }

  /** Records that a number and a LID belong to one person. */
  async join(lid, number) {
    if (this.#known(lid) || this.#known(number)) await this.#person(pair(lid, number));
  }

  /** Forgets a chat that no longer exists in Chatwoot. The next message creates it again. */
  async forget({ key }) {
    for (const [jid, at] of this.#journal.entries('alias')) if (at === key) await this.#journal.drop('alias', jid);
    await this.#journal.drop('chat', key);
  }

  /** Applies the new subject of a group. */
  async rename(jid, subject) {
    const chat = this.#known(jid);
    if (chat) await this.#chatwoot.updateContact(chat.contact, { name: `${subject} (group)` });
  }

  /** Returns a chat that has a fixed name and no recipient. */
  async notes(identifier, name) {
    return this.#known(identifier) ?? this.#find({ jid: identifier, name });
  }

  /** Returns the conversation of a chat, and opens or creates it if necessary. */
  async conversationOf(chat, { isIncoming }) {
    let id = chat.conversation ?? null;
    let conversation = id === null ? null : await this.#chatwoot.conversation(id).catch(nothingIf404);
    if (conversation === null) {
      [conversation = null] = await this.#chatwoot.conversationsOf(chat.contact);
    }
    if (conversation?.status === 'resolved' && isIncoming) {
      if (this.#settings.reopen) await this.#chatwoot.openConversation(conversation.id);
      else conversation = null;
    }
    conversation ??= await this.#chatwoot.createConversation(chat.contact, chat.source);
    if (conversation.id !== id) await this.useConversation(chat, conversation.id);
    return conversation.id;
  }

  /** Continues a chat in this conversation from now on. */
  async useConversation(chat, id) {
    await this.#journal.put('conversation', id, chat.key);
    await this.#keep({ ...chat, conversation: id });
  }

  /** Returns the chat of a conversation in which an agent writes; `null` if its contact is not on WhatsApp. */
  async chatOfConversation({ id, meta }) {
    const key = this.#journal.get('conversation', id);
    const known = key === undefined ? null : this.#known(key);
    if (known) return known;
    const sender = meta?.sender;
    const jid = isJid(sender?.identifier) ? sender.identifier : numberJid(sender?.phone_number);
    if (!jid) return null;
    const addresses = jid.endsWith('@g.us') ? {} : pair(jid, numberJid(sender.phone_number));
    const made = { key: jid, contact: sender.id, isNamed: true, ...addresses };
    const chat = this.#known(jid) ?? { ...made, source: await this.#chatwoot.sourceOf(await this.#chatwoot.contact(sender.id)) };
    await this.useConversation(chat, id);
    return this.#known(jid);
  }

  async #person({ lid, number }, name) {
    const chats = [...new Set([lid, number].map(jid => this.#known(jid)).filter(Boolean))];
    const chat = chats.length > 1 ? await this.#unite(...chats) : (chats[0] ?? (await this.#find({ lid, number, name })));
    const isNews = (lid && !chat.lid) || (number && !chat.number) || (name && !chat.isNamed);
    if (!isNews) return chat;
    const now = { ...chat, ...(lid ? { lid } : {}), ...(number ? { number } : {}), isNamed: chat.isNamed || name !== undefined };
    // If another contact in Chatwoot has the number or the LID, the two contacts are one person.
    for (const { id } of await this.#candidates(now)) if (id !== chat.contact) await this.#merge(chat.contact, id);
    await this.#complete(chat.contact, now, chat.isNamed ? undefined : name);
    return this.#keep(now);
  }

  /** Unites two chats that belong to one person into one chat with one contact. */
  async #unite(one, other) {
    const [base, gone] = one.number ? [one, other] : [other, one];
    if (base.contact !== gone.contact) await this.#merge(base.contact, gone.contact);
    const united = { ...gone, ...base, conversation: base.conversation ?? gone.conversation };
    for (const [id, key] of this.#journal.entries('conversation'))
      if (key === gone.key) await this.#journal.put('conversation', id, base.key);
    await this.#complete(base.contact, united);
    await this.#keep(united);
    await this.#journal.put('alias', gone.key, base.key);
    await this.#journal.drop('chat', gone.key);
    return united;
  }

  /** Searches for the contact by each of its addresses, and creates it only if there is none. */
  async #find({ jid, lid, number, name }) {
    const chat = { key: jid ?? lid ?? number, ...(lid ? { lid } : {}), ...(number ? { number } : {}), isNamed: name !== undefined };
    const found = await this.#candidates(chat);
    const base = found.find(({ phone_number: phone }) => phone) ?? found[0];
    for (const { id } of found) if (id !== base.id) await this.#merge(base.id, id);
    const wanted = addresses(chat);
    if (base) await this.#complete(base.id, chat);
    const contact = base ?? (await this.#chatwoot.createContact({ name: name ?? wanted.phone_number ?? 'Unknown', ...wanted }));
    return this.#keep({ ...chat, contact: contact.id, source: await this.#chatwoot.sourceOf(contact) });
  }

  /** After a crash, the contacts may already be merged. */
  async #merge(base, other) {
    await this.#chatwoot.mergeContacts(base, other).catch(nothingIf404);
  }

  /** Stores both addresses of a person. An identifier of another kind, such as a customer number, remains. */
  async #complete(id, chat, name) {
    const contact = await this.#chatwoot.contact(id);
    const { identifier, phone_number: phone } = addresses(chat);
    const isOurs = !contact.identifier || isJid(contact.identifier);
    await this.#chatwoot.updateContact(id, {
      ...(isOurs ? { identifier } : { custom_attributes: { whatsapp: identifier } }),
      ...(phone && !contact.phone_number ? { phone_number: phone } : {}),
      ...(name ? { name } : {})
    });
  }

  async #candidates({ key, lid, number }) {
    const texts = [...new Set([key, lid, number, phoneOf(number)].filter(Boolean))];
    const found = await Promise.all(texts.map(text => this.#chatwoot.contactsWith(text)));
    return [...new Map(found.flat().map(contact => [contact.id, contact])).values()];
  }

  async #keep(chat) {
    const before = this.#journal.get('chat', chat.key);
    const after = { ...before, ...chat };
    const aliases = [chat.key, chat.lid, chat.number].filter(jid => jid && this.#journal.get('alias', jid) !== chat.key);
    await Promise.all([this.#journal.put('chat', chat.key, after), ...aliases.map(jid => this.#journal.put('alias', jid, chat.key))]);
    return after;
  }

  #known(jid) {
    const key = jid === undefined ? undefined : this.#journal.get('alias', jid);
    return key === undefined ? undefined : this.#journal.get('chat', key);
  }

  async #subject(jid) {
    const group = await this.#wabus.commands.groupMetadata(jid).catch(() => null);
    return group?.subject ?? 'Unknown';
  }
}

const isJid = text => /@(lid|s\.whatsapp\.net|g\.us)$/.test(text ?? '');
const phoneOf = number => (number ? `+${number.split('@')[0].split(':')[0]}` : undefined);
const numberJid = phone => (phone ? `${phone.replace(/\D/g, '')}@s.whatsapp.net` : undefined);
const addresses = ({ key, lid, number }) => ({ identifier: lid ?? key, ...(number ? { phone_number: phoneOf(number) } : {}) });

/** Sorts the jids of a person into the LID and the number. */
function pair(...jids) {
  const lid = jids.find(jid => jid?.endsWith('@lid'));
  const number = jids.find(jid => jid?.endsWith('@s.whatsapp.net'));
  return { ...(lid ? { lid } : {}), ...(number ? { number } : {}) };
}

function nothingIf404(error) {
  if (error.status === 404) return null;
  throw error;
}
