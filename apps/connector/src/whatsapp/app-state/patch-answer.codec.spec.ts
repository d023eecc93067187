import type { BinaryNode } from '@whiskeysockets/baileys';
import { assertNodeErrorFree } from '../baileys.js';
import { asFailure, isPatch } from './patch-answer.codec.js';

const node = (tag: string, attrs: BinaryNode['attrs'], content?: BinaryNode['content']): BinaryNode => ({ tag, attrs, content });
const collections = (...content: BinaryNode[]): BinaryNode => node('iq', { id: '1', type: 'result' }, [node('sync', {}, content)]);

test('a result is a failure if its collection has an error', () => {
  const refused = node('collection', { name: 'regular_low', type: 'error' }, [node('error', { code: '409', text: 'conflict' })]);
  expect(asFailure(collections(refused))).toMatchObject({
    collection: 'regular_low',
    code: 409,
    answer: { attrs: { id: '1', type: 'error' }, content: [{ tag: 'error', attrs: { code: '409', text: 'conflict' } }] }
  });
  expect(asFailure(collections(node('collection', { name: 'regular', type: 'error' })))?.code).toBe(500);
});

test('Baileys finds the error in the converted answer', () => {
  const answer = collections(node('collection', { name: 'regular', type: 'error' }, [node('error', { code: '409' })]));
  Object.assign(answer, asFailure(answer)?.answer);
  expect(() => assertNodeErrorFree(answer)).toThrow('refused');
});

test('a result without an error is not a failure', () => {
  expect(asFailure(collections(node('collection', { name: 'regular', type: 'result', version: '3' })))).toBeNull();
  expect(asFailure(node('iq', { id: '1', type: 'result' }))).toBeNull();
});

test('only an iq with a patch counts as a change', () => {
  const sync = (...content: BinaryNode[]) =>
    node('iq', { xmlns: 'w:sync:app:state' }, [node('sync', {}, [node('collection', { name: 'regular' }, content)])]);
  expect(isPatch(sync(node('patch', {}, Buffer.from('x'))))).toBe(true);
  expect(isPatch(sync())).toBe(false);
  expect(isPatch(node('iq', { xmlns: 'encrypt' }))).toBe(false);
});
