import { StoringState } from './storing.state.js';

describe('streams that NATS does not store', () => {
  let now: number;
  let state: StoringState;
  beforeEach(() => {
    now = 0;
    state = new StoringState(() => now);
  });

  it('are those with two failed writes in a row', () => {
    state.failed('A', null);
    expect(state.trouble).toEqual([]);
    state.failed('A', null);
    state.failed('B', null);
    expect(state.trouble).toEqual([{ stream: 'A', reason: null }]);
  });

  it('have the last reason that the server gave', () => {
    state.failed('B', 'no space left on device');
    state.failed('B', null);
    state.failed('A', null);
    state.failed('A', null);
    expect(state.trouble).toEqual([
      { stream: 'A', reason: null },
      { stream: 'B', reason: 'no space left on device' }
    ]);
  });

  it('are none once a write is stored', () => {
    for (let i = 0; i < 5; i++) state.failed('A', null);
    state.stored('A');
    expect(state.trouble).toEqual([]);
    state.failed('A', null);
    expect(state.trouble).toEqual([]);
  });

  it('are forgotten when there are no more writes', () => {
    state.failed('A', 'full');
    state.failed('A', 'full');
    now = 15_000;
    expect(state.trouble).toHaveLength(1);
    now = 15_001;
    expect(state.trouble).toEqual([]);
    state.failed('A', null);
    expect(state.trouble).toEqual([]);
  });

  it('are forgotten with the connection', () => {
    state.failed('A', null);
    state.failed('A', null);
    state.reset();
    expect(state.trouble).toEqual([]);
  });
});
