import { TokenStore } from './token.store.js';

describe('TokenStore', () => {
  it('knows each token of the file and no other', () => {
    const store = new TokenStore('first-token-0123456789\nsecond-token-012345678 sessions=a\n');
    expect(store.identify('first-token-0123456789')).toMatchObject({ sessions: '*' });
    expect(store.identify('second-token-012345678')).toMatchObject({ sessions: ['a'] });
    for (const wrong of ['', 'first-token-012345678', 'first-token-0123456789 ', 'x'.repeat(1_000_000)])
      expect(store.identify(wrong)).toBeNull();
  });

  it.each(['', '\n', '# nothing\n'])('refuses the content %j, which holds no token', content => {
    expect(() => new TokenStore(content)).toThrow(/holds no token/);
  });
});
