import { changesFirst } from './change-order.policy.js';

describe('the order of the events of one message', () => {
  it('has the change before the message', () => {
    const events = [
      ['chats.update', 1] as const,
      ['messages.upsert', 2] as const,
      ['messages.update', 3] as const,
      ['messages.reaction', 4] as const
    ];
    expect(changesFirst(events).map(([name]) => name)).toEqual(['messages.update', 'messages.reaction', 'chats.update', 'messages.upsert']);
  });
});
