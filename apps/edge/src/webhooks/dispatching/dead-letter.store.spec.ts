import { DeadLetterIndex } from './dead-letter.store.js';

describe('stored dead letters', () => {
  it('are those of the newest events, in any order of arrival', () => {
    const letters = new DeadLetterIndex([5, 1, 9], 4);
    expect(letters.add([7])).toEqual([]);
    expect(letters.add([3, 11])).toEqual([1, 3]);
    expect(letters.add([2])).toEqual([2]);
  });

  it('free their place after a delivery, and count once', () => {
    const letters = new DeadLetterIndex([1, 2], 2);
    letters.remove(1);
    expect(letters.add([3])).toEqual([]);
    expect(letters.add([3])).toEqual([]);
    expect(letters.add([4])).toEqual([2]);
  });

  it('shrink to the limit if more were stored before', () => {
    expect(new DeadLetterIndex([1, 2, 3, 4, 5], 2).add([6])).toEqual([1, 2, 3, 4]);
  });
});
