import { withoutAuthor } from './chat-state.policy.js';

test('a chat state is sent without its author', () => {
  const attrs = { from: '1@s.whatsapp.net', to: '2@lid' };
  expect(withoutAuthor({ tag: 'chatstate', attrs })).toEqual({ tag: 'chatstate', attrs: { to: '2@lid' } });
  expect(withoutAuthor({ tag: 'presence', attrs })).toEqual({ tag: 'presence', attrs });
});
