import { markedPieces, openDepth, namedParts } from './json-tree.policy.js';

describe('the tree of a JSON value', () => {
  it('is open if it is small, and folded if it is large', () => {
    expect(openDepth({ data: { messages: [{ key: { id: '1' } }] } })).toBe(Infinity);
    expect(openDepth(Array.from({ length: 400 }, (_, id) => ({ id })))).toBe(3);
    expect(openDepth('text')).toBe(Infinity);
  });

  it('names the parts of objects only', () => {
    expect(namedParts({ a: 1, b: null })).toEqual([
      ['a', 1],
      ['b', null]
    ]);
    expect(namedParts(['x'])).toEqual([[null, 'x']]);
  });

  it('marks the search text, ignoring case', () => {
    expect(markedPieces('Hello hello', 'HELL')).toEqual([
      { text: 'Hell', isMarked: true },
      { text: 'o ', isMarked: false },
      { text: 'hell', isMarked: true },
      { text: 'o', isMarked: false }
    ]);
    expect(markedPieces('text', '')).toEqual([{ text: 'text', isMarked: false }]);
    expect(markedPieces('', 'x')).toEqual([]);
  });
});
