import { ERROR_CODES, WabusError } from '@wabus/contracts';
import { admit, notOnWhatsApp, tooManyNewChats, type AdmissionFacts } from './admission.policy.js';

const until = '2026-12-01T00:00:00.000Z';
const lock = { kind: 'RESTRICT_ALL_COMPANIONS', until };
const quota = (state: string) => ({ total: 30, used: 30, state, cycleEnd: until });
const facts = (more: Partial<AdmissionFacts>): AdmissionFacts => ({
  lock: null,
  quota: null,
  isKnown: false,
  hasToken: false,
  regardless: false,
  ...more
});
const outcome = (more: Partial<AdmissionFacts>) => {
  const answer = admit(facts(more));
  return answer instanceof WabusError ? answer.code : answer;
};

describe('the admission of a message', () => {
  test.each<[string, Partial<AdmissionFacts>, string]>([
    ['a stranger', {}, 'new-chat'],
    ['a known contact', { isKnown: true }, 'known'],
    ['a contact with a token', { hasToken: true }, 'known'],
    ['a stranger, locked', { lock }, 'ACCOUNT_RESTRICTED'],
    ['a known contact without a token, locked', { lock, isKnown: true }, 'ACCOUNT_RESTRICTED'],
    ['a contact with a token, locked', { lock, hasToken: true }, 'known'],
    ['a stranger, locked, regardless', { lock, regardless: true }, 'new-chat'],
    ['a stranger, warned', { quota: quota('SECOND_WARNING') }, 'new-chat'],
    ['a stranger, capped', { quota: quota('CAPPED') }, 'ACCOUNT_RESTRICTED'],
    ['a known contact, capped', { quota: quota('CAPPED'), isKnown: true }, 'known'],
    ['a stranger, capped, regardless', { quota: quota('CAPPED'), regardless: true }, 'new-chat']
  ])('%s', (_what, more, expected) => {
    expect(outcome(more)).toBe(expected);
  });

  test('a refusal has an end and guarantees that nothing was sent', () => {
    const refused = admit(facts({ lock })) as WabusError;
    expect(refused.toBody()).toMatchObject({ certain: true, retryable: false, details: { until, kind: lock.kind, reason: 'restricted' } });
    expect(admit(facts({ quota: quota('CAPPED') }))).toMatchObject({ details: { until, reason: 'new-chat-quota' } });
  });

  test('the limit of new chats reports when to retry', () => {
    expect(tooManyNewChats(20, 61_000, 1_000)).toMatchObject({
      code: 'RATE_LIMITED',
      retryable: true,
      details: { reason: 'new-chats', limit: 20, retryAfterMs: 60_000 }
    });
  });

  test('an unknown number is final and has the other spelling', () => {
    expect(ERROR_CODES.NOT_ON_WHATSAPP).toMatchObject({ retryable: false, certain: true });
    const other = notOnWhatsApp('5511987654321@s.whatsapp.net', '551187654321@s.whatsapp.net');
    expect(other).toMatchObject({ details: { canonicalJid: '551187654321@s.whatsapp.net' } });
    expect(notOnWhatsApp('1@s.whatsapp.net', null)).toMatchObject({ details: { canonicalJid: null } });
  });
});
