import type { World } from '../world.js';

/**
 * Makes phones answer texts by themselves, as `account.autoReplyPrefix` says, in the chat they came from. Never answers an account that
 * answers by itself too, so two of them do not talk for ever. Stops with `off`.
 */
export function startAutoReply(world: World, failed: (err: unknown) => void): { off(): void } {
  const answer: Parameters<typeof world.events.on<'phone-message'>>[1] = ({ account, author, received }) => {
    if (account.autoReplyPrefix === null || author.autoReplyPrefix !== null || author === account || received.text === null) return;
    const to = world.groups.find(received.chat) ?? author;
    world.sendFromPhone({ from: account, to, message: { conversation: `${account.autoReplyPrefix}${received.text}` } }).catch(failed);
  };
  world.events.on('phone-message', answer);
  return { off: () => void world.events.off('phone-message', answer) };
}
