import { element } from '../stanza/stanza.js';
import { OutgoingFaultPolicy } from './fault.registry.js';

const message = element('message');
const receipt = element('receipt');

describe('OutgoingFaultPolicy', () => {
  const copies = (policy: OutgoingFaultPolicy, faults: Parameters<OutgoingFaultPolicy['decide']>[1], count = 8) =>
    Array.from({ length: count }, () => policy.decide(message, faults).copies);

  it('lets everything pass without faults', () => {
    expect(new OutgoingFaultPolicy().decide(message, {})).toEqual({ copies: 1, delayMs: 0 });
  });

  it.each([
    [0, [1, 1, 1, 1, 1, 1, 1, 1]],
    [0.25, [1, 1, 1, 0, 1, 1, 1, 0]],
    [0.5, [1, 0, 1, 0, 1, 0, 1, 0]],
    [1, [0, 0, 0, 0, 0, 0, 0, 0]]
  ])('drops a share of %d evenly', (drop, expected) => {
    expect(copies(new OutgoingFaultPolicy(), { drop })).toEqual(expected);
  });

  it('drops only the stanzas of one tag', () => {
    const policy = new OutgoingFaultPolicy();
    expect(policy.decide(message, { drop: 'message' }).copies).toBe(0);
    expect(policy.decide(receipt, { drop: 'message' }).copies).toBe(1);
  });

  it('duplicates only messages', () => {
    const policy = new OutgoingFaultPolicy();
    expect(policy.decide(message, { duplicate: true }).copies).toBe(2);
    expect(policy.decide(receipt, { duplicate: true }).copies).toBe(1);
  });

  it('sends nothing while silent, regardless of other faults', () => {
    expect(new OutgoingFaultPolicy().decide(message, { silent: true, duplicate: true }).copies).toBe(0);
  });

  it('returns the delay', () => {
    expect(new OutgoingFaultPolicy().decide(receipt, { delayMs: 30 })).toEqual({ copies: 1, delayMs: 30 });
  });
});
