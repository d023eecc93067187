import { DeadLetterIndex } from './dead-letter.store.js';

describe('the dead letters that are kept', () => {
  it('are the newest, whatever the order in which they come', () => {
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

  it('are fewer at once where more were kept before', () => {
    expect(new DeadLetterIndex([1, 2, 3, 4, 5], 2).add([6])).toEqual([1, 2, 3, 4]);
  });
});
