import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { encodeWAMessage, generateMessageIDV2 } from '@whiskeysockets/baileys';
import type { Account, Device } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import { authorAttributes, groupAuthorAttributes } from '../messages/addressing.js';
import { element, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';

/** The number of messages to encrypt before sockets get their turn: a client that waits too long for a response treats the server as dead. */
const ENCRYPTED_IN_ONE_GO = 10;

export interface LoadOrder {
  readonly device: Device;
  /** The accounts that write, in turns; members of the group if there is one. */
  readonly authors: readonly Account[];
  readonly group: Group | undefined;
  readonly messages: number;
  /** Length of each text. */
  readonly textLength: number;
}

/**
 * Encrypts texts for one linked device ahead of time, so that sending them costs next to nothing. They are in no outbox and no phone stores them.
 * Until they are sent, the authors must not write anything else to the device, because it would overtake them.
 */
export async function encryptLoad(world: World, { device, authors, group, messages, textLength }: LoadOrder): Promise<Stanza[]> {
  const stanzas: Stanza[] = [];
  for (let i = 0; i < messages; i++) {
    const author = authors[i % authors.length]!;
    const message = { conversation: `${i} `.padEnd(textLength, 'x') };
    stanzas.push(
      await author.phone.serially(() =>
        group ? toGroup(world, { author, device, group, message }) : toDevice(world, { author, device, message })
      )
    );
    if (i % ENCRYPTED_IN_ONE_GO === 0) await yieldToOthers();
  }
  return stanzas;
}

interface Letter {
  author: Account;
  device: Device;
  message: { conversation: string };
}

async function toDevice(world: World, { author, device, message }: Letter): Promise<Stanza> {
  const enc = await author.phone.encryptFor(device, message, () => world.takeBundle(device));
  return element('message', { ...attributes(author), ...authorAttributes(author, world.addressingTo(device.account)) }, [enc]);
}

async function toGroup(world: World, { author, device, group, message }: Letter & { group: Group }): Promise<Stanza> {
  const sender = author.phone.groupSender(group.jid);
  const content: Stanza[] = [];
  if (!sender.distributedTo.has(device.jid('lid'))) {
    // The distribution contains the current state of the chain, so it must be created before this message advances it.
    const keys = { senderKeyDistributionMessage: await sender.distribution() };
    content.push(await author.phone.encryptFor(device, keys, () => world.takeBundle(device)));
    sender.distributedTo.add(device.jid('lid'));
  }
  content.push(element('enc', { v: '2', type: 'skmsg' }, await sender.encrypt(encodeWAMessage(message))));
  return element('message', { ...attributes(author), ...groupAuthorAttributes(group, author) }, content);
}

function attributes(author: Account) {
  return { id: generateMessageIDV2(), type: 'text', notify: author.name };
}
