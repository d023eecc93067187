import { proto } from '@whiskeysockets/baileys';
import type { ReceivedMessage } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import type { GroupRecord } from '../groups/group.state.js';
import { groupsOf } from '../groups/groups.registry.js';
import type { World } from '../world/world.js';

const { INITIAL_BOOTSTRAP, RECENT, PUSH_NAME } = proto.HistorySync.HistorySyncType;

export type HistoryPiece = proto.IHistorySync & { syncType: proto.HistorySync.HistorySyncType };

/** Messages per chat in RECENT history. */
const RECENT_MESSAGES = 20;

/**
 * Returns the history that a phone sends to a newly linked device, in order: every chat with its last message,
 * the latest messages of every chat, and the names of contacts. The chats are those in which the phone has
 * received something, and its groups. If recent history has several chunks, it contains every message once.
 */
export function initialHistory(world: World, account: Account, recentChunks = 1): HistoryPiece[] {
  const chats = chatsOf(world, account);
  return [
    {
      syncType: INITIAL_BOOTSTRAP,
      progress: 100,
      chunkOrder: 1,
      conversations: chats.map(chat => conversationOf(world, account, chat, 1))
    },
    ...Array.from({ length: recentChunks }, (_, index) => ({
      syncType: RECENT,
      progress: Math.floor(((index + 1) * 100) / recentChunks),
      chunkOrder: 2 + index,
      conversations: chats.map(chat =>
        conversationOf(world, account, partOf(chat, index, recentChunks), recentChunks === 1 ? RECENT_MESSAGES : Infinity)
      )
    })),
    { syncType: PUSH_NAME, pushnames: contactsOf(world, account).map(contact => ({ id: contact.shownJid(), pushname: contact.name })) }
  ];
}

/** Returns the messages of one chat before a given message, newest first; all of them if the phone does not have that message. */
export function olderMessages(
  world: World,
  account: Account,
  { chatJid, beforeId, count }: { chatJid: string; beforeId: string; count: number }
): proto.IConversation {
  const contact = world.accounts.resolve(chatJid)?.account;
  const isOfChat = (jid: string): boolean => jid === chatJid || (contact !== undefined && world.accounts.resolve(jid)?.account === contact);
  const messages = account.received.filter(message => isOfChat(keyOnPhone(account, message).remoteJid));
  const known = messages.findIndex(({ id }) => id === beforeId);
  const older = known < 0 ? messages : messages.slice(0, known);
  const wanted = historyMessages(account, older.slice(-count)).map(each => ({ ...each, message: inChat(each.message, chatJid) }));
  return { id: chatJid, messages: wanted, endOfHistoryTransfer: older.length <= count };
}

interface Chat {
  jid: string;
  group: GroupRecord | undefined;
  messages: ReceivedMessage[];
}

function chatsOf(world: World, account: Account): Chat[] {
  const chats = new Map<string, Chat>();
  for (const group of groupsOf(world).ofMember(account)) chats.set(group.jid, { jid: group.jid, group, messages: [] });
  for (const message of account.received) {
    const { remoteJid } = keyOnPhone(account, message);
    const chat = chats.get(remoteJid) ?? { jid: remoteJid, group: undefined, messages: [] };
    chat.messages.push(message);
    chats.set(chat.jid, chat);
  }
  return [...chats.values()];
}

/** Returns a chat with one of `parts` equal shares of its messages, the latest in the first share. */
function partOf(chat: Chat, index: number, parts: number): Chat {
  if (parts === 1) return chat;
  const size = Math.ceil(chat.messages.length / parts);
  const end = chat.messages.length - index * size;
  return { ...chat, messages: end > 0 ? chat.messages.slice(Math.max(0, end - size), end) : [] };
}

function contactsOf(world: World, account: Account): Account[] {
  const known = new Set<Account>();
  for (const { from } of account.received) {
    const author = world.accounts.resolve(from)?.account;
    if (author) known.add(author);
  }
  for (const group of groupsOf(world).ofMember(account)) for (const member of group.members.keys()) known.add(member);
  known.delete(account);
  return [...known];
}

function conversationOf(world: World, account: Account, { jid, group, messages }: Chat, count: number): proto.IConversation {
  const contact = world.accounts.resolve(jid)?.account;
  // If the contact hides the number, the chat is addressed by LID.
  const id = contact?.hidesNumber ? contact.shownJid() : jid;
  return {
    id,
    name: group?.subject ?? contact?.name,
    ...(contact ? { pnJid: contact.shownNumber, lidJid: contact.jid('lid'), username: contact.username } : {}),
    conversationTimestamp: Math.floor(Date.now() / 1000),
    unreadCount: 0,
    messages: historyMessages(account, messages.slice(-count)).map(each => ({ ...each, message: inChat(each.message, id) }))
  };
}

function inChat(message: proto.IWebMessageInfo | null | undefined, remoteJid: string): proto.IWebMessageInfo {
  return { ...message, key: { ...message?.key, remoteJid } };
}

/** Returns the key of a message as the receiving phone would write it: a one-to-one chat has the jid of the other side. */
export function keyOnPhone(account: Account, { id, from, chat }: ReceivedMessage): proto.IMessageKey & { remoteJid: string } {
  const fromMe = from === account.jid('pn');
  if (chat.endsWith('@g.us')) return { remoteJid: chat, fromMe, id, participant: from };
  return { remoteJid: fromMe ? chat : from, fromMe, id };
}

/** Returns the messages newest first, as WhatsApp orders them. The phone stores no times: messages are a second apart, the last one now. */
function historyMessages(account: Account, messages: ReceivedMessage[]): proto.IHistorySyncMsg[] {
  const now = Math.floor(Date.now() / 1000);
  return messages
    .map((received, index) => ({
      message: {
        key: keyOnPhone(account, received),
        messageTimestamp: now - (messages.length - 1 - index),
        message: proto.Message.fromObject(received.message)
      },
      msgOrderId: index
    }))
    .reverse();
}
