// @ts-check
import { StorageWatchState } from './storage.watch.mjs';

const FULL = 1_000;
const ROOM = 16e9;

describe('the watch over the disk', () => {
  /** @param {[notStored: string[], freeBytes: number, at: number][]} looks */
  const verdicts = looks => {
    const state = new StorageWatchState();
    return looks.map(([notStored, freeBytes, at]) => state.judge({ notStored, freeBytes, at }));
  };

  it('does nothing while everything is stored', () => {
    expect(
      verdicts([
        [[], ROOM, 0],
        [[], FULL, 5]
      ])
    ).toEqual(['nothing', 'nothing']);
  });

  it('reports a full disk once, and waits', () => {
    expect(
      verdicts([
        [['A'], FULL, 0],
        [['A'], FULL, 5],
        [[], FULL, 10],
        [['A'], FULL, 15]
      ])
    ).toEqual(['full', 'nothing', 'nothing', 'full']);
  });

  it('restarts NATS if there is space but nothing is stored', () => {
    expect(
      verdicts([
        [['A'], FULL, 0],
        [['A'], ROOM, 5],
        [['A'], ROOM, 10]
      ])
    ).toEqual(['full', 'nothing', 'restart']);
  });

  it('does not accept a single check with space as proof', () => {
    expect(
      verdicts([
        [['A'], ROOM, 0],
        [[], ROOM, 5],
        [['A'], ROOM, 10]
      ])
    ).toEqual(['nothing', 'nothing', 'nothing']);
  });

  it('gives a restarted server time', () => {
    const looks = /** @type {[string[], number, number][]} */ ([0, 5_000, 10_000, 60_000, 65_001, 70_000].map(at => [['A'], ROOM, at]));
    expect(verdicts(looks)).toEqual(['nothing', 'restart', 'nothing', 'nothing', 'nothing', 'restart']);
  });
});
