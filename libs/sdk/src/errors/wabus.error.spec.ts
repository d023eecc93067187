import { WabusError } from './wabus.error.js';

const body = { code: 'NO_OWNER', message: 'Nobody.' };

describe('an error of the server', () => {
  test.each([
    ['EGRESS_FAILED', true, true],
    ['NO_OWNER', false, false],
    ['NEWER_THAN_THIS_CLIENT', true, true],
    ['NEWER_THAN_THIS_CLIENT', false, true]
  ])('%s: retryable %s, certain %s, as it says', (code, retryable, certain) => {
    expect(WabusError.fromBody({ ...body, code, retryable, certain })).toMatchObject({ retryable, certain });
  });

  test('of a code that is not known keeps it in its details', () => {
    expect(WabusError.fromBody({ ...body, code: 'NEWER', details: { a: 1 } })).toMatchObject({
      code: 'INTERNAL',
      message: 'Nobody.',
      retryable: false,
      certain: false,
      details: { a: 1, code: 'NEWER' }
    });
  });

  test('that says nothing of the case has what its code means', () => {
    for (const said of [{}, { retryable: 'no', certain: null }])
      expect(WabusError.fromBody({ ...body, ...said })).toMatchObject({ code: 'NO_OWNER', retryable: true, certain: true });
  });

  test.each([undefined, null, 'text', { retryable: true, certain: true }, { code: 7, certain: true }])('is no %j', nothing => {
    expect(WabusError.fromBody(nothing)).toMatchObject({ code: 'INTERNAL', retryable: false, certain: false });
  });
});
