import { randomBytes } from 'node:crypto';
import type { OddKind, StormMessage } from '@wabus/testing';
import type { proto } from '@whiskeysockets/baileys';
import { Account } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import { authorAttributes, groupAuthorAttributes } from '../messages/addressing.js';
import { phoneSenderOf } from '../messages/phone-sender.js';
import { element, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';

const ODD_KINDS: readonly OddKind[] = ['huge', 'deep', 'withheld', 'stranger'];
/** More than a NATS server accepts by default. */
const HUGE_CHARS = 1_300_000;
/** More than parsers with a limit of 64 levels can read, at two levels each. */
const WRAPPERS = 40;
const ASSISTANT = '867051314767696@bot';
const CIPHERTEXT_BYTES = 64;

/** One message of a storm as it was written. */
export interface Written extends Pick<StormMessage, 'id' | 'text' | 'kind'> {
  readonly from: Account;
}

/** Returns the kind of the `n`th message of a chat; every `oddEvery`th is odd. */
export function kindOf(n: number, oddEvery: number): 'plain' | OddKind {
  return n % oddEvery === 0 ? ODD_KINDS[(n / oddEvery - 1) % ODD_KINDS.length]! : 'plain';
}

/** Returns the receivers of a message that have linked devices. */
export function linkedReceivers(to: Account | Group, from: Account): Account[] {
  const accounts = to instanceof Account ? [to] : [...to.members.keys()].filter(member => member !== from);
  return accounts.filter(account => account.devices.size > 0);
}

/** Writes the messages of a storm, of any kind. */
export class StormWriter {
  constructor(private readonly world: World) {}

  /** Resolves once all copies are queued for their devices. */
  async write({ id, from, text, kind }: Written, to: Account | Group): Promise<void> {
    if (kind === 'withheld' || kind === 'stranger') this.deliver(id, { from, to }, kind);
    else await phoneSenderOf(this.world).send({ from, to, message: contentOf(text, kind), id });
  }

  private deliver(id: string, { from, to }: { from: Account; to: Account | Group }, kind: 'withheld' | 'stranger'): void {
    const author = to instanceof Account ? authorAttributes(from, this.world.addressingTo(to)) : groupAuthorAttributes(to, from);
    const stanza: Stanza =
      kind === 'withheld'
        ? element('message', { ...author, id, type: 'media' }, [element('unavailable', { type: 'view_once_unavailable_fanout' })])
        : element('message', { from: ASSISTANT, id, type: 'text' }, [
            element('enc', { v: '2', type: 'msg' }, randomBytes(CIPHERTEXT_BYTES))
          ]);
    for (const receiver of linkedReceivers(to, from)) this.world.deliverToAll(receiver, stanza);
  }
}

function contentOf(text: string, kind: 'plain' | 'huge' | 'deep'): proto.IMessage {
  if (kind === 'huge') return { conversation: `${text}\n${'.'.repeat(HUGE_CHARS)}` };
  let message: proto.IMessage = { conversation: text };
  if (kind === 'deep') for (let i = 0; i < WRAPPERS; i++) message = { ephemeralMessage: { message } };
  return message;
}
