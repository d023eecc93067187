import { PASSKEY_STAGES } from '@wabus/contracts';
import { isUnderWay, nextPasskeyStage, type PasskeySignal, type PasskeyState } from './passkey.state.js';

const SIGNALS: readonly PasskeySignal[] = ['requested', 'submitted', 'taken', 'compare', 'proceed', 'fail', 'end'];

/** Every valid pair of stage and signal; all other pairs have no effect. */
const ROWS: readonly (readonly [PasskeyState, PasskeySignal, PasskeyState])[] = [
  [null, 'requested', 'assertion'],
  [null, 'fail', 'failed'],
  ['assertion', 'submitted', 'sending'],
  ['sending', 'taken', 'waiting-for-phone'],
  ['waiting-for-phone', 'compare', 'confirmation'],
  ['waiting-for-phone', 'proceed', 'finishing'],
  ['confirmation', 'proceed', 'finishing'],
  ['failed', 'requested', 'assertion'],
  ['failed', 'end', null],
  ...(['assertion', 'sending', 'waiting-for-phone', 'confirmation', 'finishing'] as const).flatMap(stage => [
    [stage, 'fail', 'failed'] as const,
    [stage, 'end', null] as const
  ])
];

test.each<PasskeyState>([null, ...PASSKEY_STAGES])('from %s only the transitions in the table', stage => {
  for (const signal of SIGNALS) {
    const row = ROWS.find(([from, by]) => from === stage && by === signal);
    expect([signal, nextPasskeyStage(stage, signal)]).toEqual([signal, row?.[2]]);
  }
});

test('every stage can end', () => {
  for (const stage of PASSKEY_STAGES) expect(nextPasskeyStage(stage, 'end')).toBeNull();
});

test('a failed or missing exchange is not in progress', () => {
  expect([null, ...PASSKEY_STAGES].filter(stage => !isUnderWay(stage))).toEqual([null, 'failed']);
});
