import { GapBuffer } from './gap.buffer.js';

const at = (sequence: number): { sequence: number } => ({ sequence });
const sequences = (messages: { sequence: number }[]): number[] => messages.map(message => message.sequence);

describe('the buffer of a live feed', () => {
  it('hands out what follows and drops what was handed out before', () => {
    const buffer = new GapBuffer(5);
    [5, 6, 6, 7, 3].forEach(sequence => buffer.hold(at(sequence)));
    expect(sequences(buffer.takeReady())).toEqual([6, 7]);
    expect(buffer.position).toBe(7);
    expect(buffer.missingUpTo).toBeNull();
  });

  it('holds what comes after a gap until the gap is filled', () => {
    const buffer = new GapBuffer(5);
    [8, 9].forEach(sequence => buffer.hold(at(sequence)));
    expect(buffer.takeReady()).toEqual([]);
    expect(buffer.missingUpTo).toBe(7);
    expect([6, 7].map(sequence => buffer.advance(sequence))).toEqual([true, true]);
    expect(sequences(buffer.takeReady())).toEqual([8, 9]);
  });

  it('fills a gap of messages that no longer exist', () => {
    const buffer = new GapBuffer(5);
    buffer.hold(at(9));
    buffer.advance(8);
    expect(sequences(buffer.takeReady())).toEqual([9]);
  });

  it('never hands out twice what the log had and what came live', () => {
    const buffer = new GapBuffer(0);
    [3, 4].forEach(sequence => buffer.hold(at(sequence)));
    expect([1, 2, 3].map(sequence => buffer.advance(sequence))).toEqual([true, true, true]);
    expect(sequences(buffer.takeReady())).toEqual([4]);
    expect(buffer.advance(4)).toBe(false);
  });

  it('stays bounded: the oldest are read from the log instead', () => {
    const buffer = new GapBuffer(0, 2);
    [2, 3, 4, 5].forEach(sequence => buffer.hold(at(sequence)));
    expect(buffer.missingUpTo).toBe(3);
  });
});
