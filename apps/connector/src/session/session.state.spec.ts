import { SESSION_STATES, type SessionState } from '@wabus/contracts';
import { isHalted, nextState, type SessionSignal } from './session.state.js';

const SIGNALS: SessionSignal[] = ['start', 'connect', 'offer', 'open', 'wait', 'unlink', 'fail', 'stop'];

/** Every state, with its transitions in the order of `SIGNALS`; `-` if the signal has no effect. */
const EXPECTED: Record<SessionState, string> = {
  stopped: 'starting - - - - logged-out - stopped',
  'logged-out': 'starting - - - - logged-out - stopped',
  failed: 'starting - - - - logged-out - stopped',
  starting: 'starting connecting - - waiting logged-out failed stopped',
  connecting: 'starting connecting pairing open waiting logged-out failed stopped',
  pairing: 'starting connecting pairing - waiting logged-out failed stopped',
  open: 'starting connecting - - waiting logged-out failed stopped',
  waiting: 'starting connecting - - - logged-out failed stopped'
};

test.each(SESSION_STATES)('follows the table for every signal in the state %s', state => {
  expect(SIGNALS.map(signal => nextState(state, signal) ?? '-').join(' ')).toBe(EXPECTED[state]);
});

test('only a stopped, logged-out or failed session is halted', () => {
  expect(SESSION_STATES.filter(isHalted)).toEqual(['stopped', 'logged-out', 'failed']);
});
