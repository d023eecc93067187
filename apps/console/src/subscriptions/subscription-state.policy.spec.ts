import { stateOf } from './subscription-state.policy.js';

it.each([
  [{ waiting: 3, underWay: 1, deadLetters: 1 }, 'dead'],
  [{ waiting: 3, underWay: 1, deadLetters: 0 }, 'working'],
  [{ waiting: 3, underWay: 0, deadLetters: 0 }, 'waiting'],
  [{ waiting: 0, underWay: 0, deadLetters: 0 }, 'idle']
])('%j is %s', (view, state) => {
  expect(stateOf(view)).toBe(state);
});
