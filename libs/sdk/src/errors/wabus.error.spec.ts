import { WabusError } from './wabus.error.js';

const body = { code: 'NO_OWNER', message: 'Nobody.' };

describe('an error of the server', () => {
  test.each([
    ['EGRESS_FAILED', true, true],
    ['NO_OWNER', false, false],
    ['NEWER_THAN_THIS_CLIENT', true, true],
    ['NEWER_THAN_THIS_CLIENT', false, true]
  ])('%s: has the reported retryable %s and certain %s', (code, retryable, certain) => {
    expect(WabusError.fromBody({ ...body, code, retryable, certain })).toMatchObject({ retryable, certain });
  });

  test('with an unknown code keeps the code in its details', () => {
    expect(WabusError.fromBody({ ...body, code: 'NEWER', details: { a: 1 } })).toMatchObject({
      code: 'INTERNAL',
      message: 'Nobody.',
      retryable: false,
      certain: false,
      details: { a: 1, code: 'NEWER' }
    });
  });

  test('without flags has those of its code', () => {
    for (const said of [{}, { retryable: 'no', certain: null }])
      expect(WabusError.fromBody({ ...body, ...said })).toMatchObject({ code: 'NO_OWNER', retryable: true, certain: true });
  });

  test.each([undefined, null, 'text', { retryable: true, certain: true }, { code: 7, certain: true }])(
    'is INTERNAL if the body is %j',
    nothing => {
      expect(WabusError.fromBody(nothing)).toMatchObject({ code: 'INTERNAL', retryable: false, certain: false });
    }
  );
});
