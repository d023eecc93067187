import { settlementOf, type DeliveryOutcome } from './delivery-answer.policy.js';

const terms = { attempt: 1, maxDeliveries: 3, ackWaitMs: 1_000 };
const answered = (answer: unknown): DeliveryOutcome => ({ kind: 'answered', answer });

describe('the outcome of a delivery', () => {
  it.each([[undefined], [null], [true], [{ ok: true }], [{ ok: true, error: 'ignored' }]])('%j acknowledges, at any attempt', answer => {
    expect(settlementOf(answered(answer), terms)).toEqual({ kind: 'acknowledged' });
    expect(settlementOf(answered(answer), { ...terms, attempt: 3 })).toEqual({ kind: 'acknowledged' });
  });

  it.each([[false], [''], ['failed'], [0], [1], [{}], [{ ok: false }], [{ ok: 'true' }], [{ error: 'x' }], [[]]])('%j refuses', answer => {
    expect(settlementOf(answered(answer), terms)).toEqual({ kind: 'again', inMs: 200 });
  });

  it('a refused event is repeated later with each attempt', () => {
    const many = { ...terms, maxDeliveries: 9 };
    expect([1, 2, 3, 4].map(attempt => settlementOf(answered(false), { ...many, attempt }))).toMatchObject(
      [200, 400, 800, 1_000].map(inMs => ({ inMs }))
    );
    expect(settlementOf(answered({ ok: false, retryInMs: 5 }), terms)).toMatchObject({ inMs: 5 });
    expect(settlementOf(answered({ ok: false, retryInMs: 5_000 }), terms)).toMatchObject({ inMs: 1_000 });
    expect(settlementOf(answered({ ok: false, retryInMs: -1 }), terms)).toMatchObject({ inMs: 200 });
  });

  it('an unanswered event is repeated, then becomes a dead letter', () => {
    const last = { ...terms, attempt: 3 };
    expect(settlementOf({ kind: 'expired' }, terms)).toEqual({ kind: 'again', inMs: 0 });
    expect(settlementOf({ kind: 'expired' }, last)).toEqual({ kind: 'dead', reason: 'No answer arrived in time.' });
    expect(settlementOf(answered('no stock'), last)).toEqual({ kind: 'dead', reason: 'Refused: no stock' });
    expect(settlementOf(answered({ ok: false, error: { code: 7 } }), last)).toEqual({ kind: 'dead', reason: 'Refused: {"code":7}' });
    expect(settlementOf(answered('x'.repeat(9_999)), last)).toMatchObject({ reason: expect.stringMatching(/^.{500}$/) as string });
  });

  it('a client that disconnects proves nothing about the event', () => {
    expect(settlementOf({ kind: 'gone' }, { ...terms, attempt: 3 })).toEqual({ kind: 'again', inMs: 0 });
  });
});
