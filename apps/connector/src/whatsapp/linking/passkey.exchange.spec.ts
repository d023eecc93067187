import { randomBytes } from 'node:crypto';
import type { PasskeyLinks, PasskeyOptions, PasskeyRecord, WabusError } from '@wabus/contracts';
import { deriveHandoffKey, proveHandoff } from './passkey.codec.js';
import { PasskeyExchange, type PasskeyHandshake } from './passkey.exchange.js';

const { jest } = import.meta;

const TIMES = { stepMs: 1_000, handoffMs: 5_000 };
const SECRET = Buffer.alloc(32, 4);
const OPTIONS: PasskeyOptions = { challenge: 'AAAA', rpId: 'whatsapp.com', timeout: 600_000 };
const PROLOGUE = Buffer.from('abc');
const NOT_REQUESTED = expect.objectContaining({ code: 'PASSKEY_NOT_REQUESTED' }) as Error;

let emitted: PasskeyRecord[];
let links: PasskeyLinks | null;
let overs: number;
let compareAlways: boolean;
let exchange: PasskeyExchange;
let handshake: PasskeyHandshake;

beforeEach(() => {
  jest.useFakeTimers();
  [emitted, links, overs, compareAlways] = [[], null, 0, false];
  exchange = new PasskeyExchange({
    times: TIMES,
    compareAlways: () => compareAlways,
    begun: () => undefined,
    changed: (record, now) => {
      emitted.push(record);
      links = now;
    }
  });
  exchange.onOver(() => overs++);
  handshake = { ephemeralPrivate: randomBytes(32), nonce: randomBytes(32), deviceType: 1, reference: '2@x' };
});
afterEach(() => {
  jest.useRealTimers();
});

const stages = () => emitted.map(({ stage }) => stage);
const asked = (): void => {
  exchange.begin(SECRET);
  exchange.request(OPTIONS);
};
const taken = (proved = true): void => {
  asked();
  exchange.submitted();
  exchange.taken(handshake, proved);
};
const failed = (reason: string) => expect(exchange.record).toMatchObject({ stage: 'failed', code: null, error: { reason } });

/** Checks that no part of the exchange is left in memory and that a new connection follows. */
function expectWiped(): void {
  expect(exchange.options).toBeNull();
  expect(exchange.proofOf(PROLOGUE)).toBeNull();
  expect(() => exchange.withPhone).toThrow(NOT_REQUESTED);
  expect(exchange.isUnderWay).toBe(false);
}

describe('a passkey link', () => {
  it('continues without a person if the proof was sent', () => {
    taken();
    expect(exchange.continued('ZDET-SM4S')).toBe(true);
    expect(exchange.record).toMatchObject({ stage: 'finishing', code: 'ZDET-SM4S', compare: false });
    exchange.end('linked');
    expect(stages()).toEqual(['assertion', 'sending', 'waiting-for-phone', 'finishing', null]);
    expect(overs).toBe(0);
    expectWiped();
  });

  it.each([
    ['without the proof', false, false],
    ['if the settings require it', true, true]
  ])('requires a person to compare the code %s', (_when, proved, always) => {
    compareAlways = always;
    taken(proved);
    expect(exchange.continued('ZDET-SM4S')).toBe(false);
    expect(exchange.record).toMatchObject({ stage: 'confirmation', compare: true });
    exchange.agreed();
    expect(exchange.record.stage).toBe('finishing');
  });

  it('treats a second request from WhatsApp as a repetition', () => {
    asked();
    const proof = exchange.proofOf(PROLOGUE);
    expect(exchange.begin(Buffer.alloc(32, 9))).toBe(false);
    exchange.request({ ...OPTIONS, challenge: 'BBBB' });
    expect(exchange.options?.challenge).toBe('BBBB');
    expect(exchange.proofOf(PROLOGUE)).toEqual(proof);
    expect(stages()).toEqual(['assertion']);
  });

  it('can prove the secret of the QR code for five minutes', () => {
    asked();
    exchange.submitted();
    expect(exchange.proofOf(PROLOGUE)).toEqual(proveHandoff(deriveHandoffKey(SECRET), PROLOGUE));
    jest.advanceTimersByTime(TIMES.handoffMs + 1);
    expect(exchange.proofOf(PROLOGUE)).toBeNull();
    expect(exchange.record.stage).toBe('sending');
  });

  it.each([
    [3_000, 3_000],
    [600_000, TIMES.handoffMs],
    [0, TIMES.handoffMs],
    [undefined, TIMES.handoffMs]
  ])('with the timeout %s ends after %s ms, as reported', (timeout, waits) => {
    exchange.begin(SECRET);
    exchange.request({ ...OPTIONS, timeout });
    const { requestedAt, expiresAt } = exchange.record;
    expect(Date.parse(expiresAt!) - Date.parse(requestedAt)).toBe(waits);
    jest.advanceTimersByTime(waits - 1);
    expect(exchange.record.stage).toBe('assertion');
    jest.advanceTimersByTime(1);
    expect(exchange.record.stage).toBeNull();
    expect(overs).toBe(1);
    expectWiped();
  });
});

describe('a passkey link fails', () => {
  it('without options', () => {
    exchange.begin(SECRET);
    exchange.fail('no-options', { step: 'options' });
    failed('no-options');
    expectWiped();
  });

  it.each(['ref', 'prologue', 'nonce', 'request'] as const)('if the step %s is refused', step => {
    taken();
    exchange.fail('refused', { step, statusCode: 400 });
    expect(exchange.record.error).toEqual({ reason: 'refused', step, statusCode: 400 });
    expect(overs).toBe(1);
    expectWiped();
  });

  it('if the phone does not continue in time', () => {
    taken();
    jest.advanceTimersByTime(TIMES.stepMs);
    failed('phone-did-not-continue');
    expectWiped();
  });

  it.each(['confirmation', 'finishing'] as const)('if %s takes too long', stage => {
    taken(stage === 'finishing');
    exchange.continued('ZDET-SM4S');
    expect(exchange.record.stage).toBe(stage);
    jest.advanceTimersByTime(TIMES.stepMs);
    failed('not-finished');
    expectWiped();
  });

  it('if the codes differ or the answer is invalid', () => {
    taken(false);
    exchange.continued('ZDET-SM4S');
    exchange.fail('code-differs');
    failed('code-differs');
    taken();
    exchange.fail('invalid-answer');
    failed('invalid-answer');
  });

  it('once, and can then start again', () => {
    taken();
    exchange.fail('no-answer');
    exchange.fail('refused');
    failed('no-answer');
    expect(overs).toBe(1);
    expect(exchange.begin(SECRET)).toBe(true);
    exchange.request(OPTIONS);
    expect(exchange.record).toMatchObject({ stage: 'assertion', error: null });
  });

  it('and leaves no key in memory', () => {
    taken();
    exchange.fail('no-answer');
    expect([handshake.ephemeralPrivate, handshake.nonce].every(key => key.every(byte => byte === 0))).toBe(true);
  });
});

describe('a connection that ends', () => {
  it('before the options are known ends the request silently', () => {
    exchange.begin(SECRET);
    expect(exchange.connectionClosed()).toBe(false);
    expect(stages()).toEqual([]);
    expectWiped();
  });

  it('keeps an unanswered request until it expires', () => {
    asked();
    const { expiresAt } = exchange.record;
    jest.advanceTimersByTime(2_000);
    expect(exchange.connectionClosed()).toBe(false);
    expect(exchange.options).toEqual(OPTIONS);
    // WhatsApp requests it again on the next connection.
    exchange.request({ ...OPTIONS, challenge: 'BBBB' });
    expect(exchange.record.expiresAt).toBe(expiresAt);
    jest.advanceTimersByTime(TIMES.handoffMs - 2_001);
    expect(exchange.record.stage).toBe('assertion');
    jest.advanceTimersByTime(1);
    expect(exchange.record.stage).toBeNull();
    expectWiped();
  });

  it.each(['sending', 'waiting-for-phone', 'confirmation', 'finishing'] as const)('in the stage %s fails the link', stage => {
    asked();
    exchange.submitted();
    if (stage !== 'sending') exchange.taken(handshake, stage === 'finishing');
    if (stage === 'confirmation' || stage === 'finishing') exchange.continued('ZDET-SM4S');
    expect(exchange.record.stage).toBe(stage);
    expect(exchange.connectionClosed()).toBe(true);
    failed('connection-lost');
    expectWiped();
  });
});

describe('the one-time addresses', () => {
  it('require an exchange', () => {
    expect(() => exchange.newLink()).toThrow(NOT_REQUESTED);
  });

  it('are at most eight, kept as hashes', () => {
    asked();
    const tokens = Array.from({ length: 9 }, () => exchange.newLink());
    expect(new Set(tokens).size).toBe(9);
    expect(links?.hashes).toHaveLength(8);
    expect(JSON.stringify(links)).not.toContain(tokens[8]);
  });

  it.each(['linked', 'given-up'] as const)('report the end of the link: %s', outcome => {
    asked();
    exchange.newLink();
    exchange.end(outcome);
    expect(links).toMatchObject({ over: outcome });
    asked();
    expect(links).toBeNull();
  });
});

describe('a call after the end', () => {
  const refusal = (): unknown => {
    try {
      return exchange.withPhone;
    } catch (error) {
      return (error as WabusError).details;
    }
  };

  it('reports the link, even if the session stops later', () => {
    taken();
    exchange.newLink();
    exchange.end('linked');
    exchange.end('given-up');
    expect(refusal()).toEqual({ stage: null, linked: true, error: null });
    expect(links).toMatchObject({ over: 'linked' });
  });

  it('reports the failure until WhatsApp asks again', () => {
    const error = { reason: 'refused', step: 'ref', statusCode: 400 } as const;
    taken();
    exchange.fail('refused', error);
    expect(refusal()).toEqual({ stage: 'failed', linked: false, error });
    exchange.end('given-up');
    expect(refusal()).toEqual({ stage: null, linked: false, error });
    exchange.begin(SECRET);
    expect(refusal()).toEqual({ stage: null, linked: false, error: null });
  });
});

describe('a call out of its stage', () => {
  it.each([
    ['submitted', () => exchange.submitted()],
    ['taken', () => exchange.taken(handshake, true)],
    ['continued', () => exchange.continued('ZDET-SM4S')],
    ['agreed', () => exchange.agreed()]
  ])('%s is refused before WhatsApp asks', (_call, call) => {
    expect(call).toThrow(NOT_REQUESTED);
    expect(stages()).toEqual([]);
  });
});
