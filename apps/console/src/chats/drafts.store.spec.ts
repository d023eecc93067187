import { Drafts } from './drafts.store.js';

function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: key => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: key => void kept.delete(key)
  };
}

it('keeps a draft per chat and token', () => {
  const storage = memory();
  const drafts = new Drafts('token-1', storage);
  drafts.keep('sales', 'a@lid', 'Dear Ana');
  expect(drafts.read('sales', 'a@lid')).toBe('Dear Ana');
  expect(drafts.read('sales', 'b@lid')).toBe('');
  expect(drafts.read('support', 'a@lid')).toBe('');
  expect(new Drafts('token-2', storage).read('sales', 'a@lid')).toBe('');
});

it('removes an empty draft', () => {
  const storage = memory();
  const drafts = new Drafts('token-1', storage);
  drafts.keep('sales', 'a@lid', 'Dear Ana');
  drafts.keep('sales', 'a@lid', '');
  expect(storage.kept.size).toBe(0);
});
