import { phoneSenderOf } from './phone-sender.js';
import type { Account } from '../accounts/account.js';
import type { World } from '../world/world.js';

/**
 * Makes phones reply to texts with `account.autoReplyPrefix`, in the chat of the text.
 * Never replies to an account that also replies automatically, nor to a text that contains the
 * prefix, for example from an echo bot, so that two accounts do not talk forever. `off` stops it.
 */
export function startAutoReply(world: World, failed: (err: unknown) => void): { off(): void } {
  const answer: Parameters<typeof world.events.on<'phone-message'>>[1] = ({ account, author, received }) => {
    if (account.autoReplyPrefix === null || author.autoReplyPrefix !== null || author === account || received.text === null) return;
    if (received.text.includes(account.autoReplyPrefix)) return;
    const to = world.groups.find(received.chat) ?? author;
    phoneSenderOf(world)
      .send({ from: account, to, message: { conversation: `${account.autoReplyPrefix}${received.text}` } })
      .catch(failed);
  };
  world.events.on('phone-message', answer);
  return { off: () => void world.events.off('phone-message', answer) };
}

/** Contacts that write numbered texts automatically, with at most one interval per pair of accounts. */
export class Chatter {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly world: World,
    private readonly failed: (err: unknown) => void
  ) {}

  /** Starts, changes or (with `null`) stops the texts; the first text follows after `everyMs`. */
  set(from: Account, to: Account, everyMs: number | null): void {
    const key = `${from.phoneNumber} ${to.phoneNumber}`;
    clearInterval(this.timers.get(key));
    this.timers.delete(key);
    if (everyMs === null) return;
    let count = 0;
    const write = () => {
      const message = { conversation: `Message ${++count} from ${from.name}` };
      phoneSenderOf(this.world).send({ from, to, message }).catch(this.failed);
    };
    this.timers.set(key, setInterval(write, everyMs).unref());
  }

  stop(): void {
    for (const timer of this.timers.values()) clearInterval(timer);
    this.timers.clear();
  }
}
