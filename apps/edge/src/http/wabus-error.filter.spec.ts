import { BadRequestException, NotFoundException } from '@nestjs/common';
import { ERROR_CODES, WabusError } from '@wabus/contracts';
import { HTTP_STATUS, toWabusError } from './wabus-error.filter.js';

describe('HTTP_STATUS', () => {
  it('has an error status for every code and for nothing else', () => {
    expect(Object.keys(HTTP_STATUS).sort()).toEqual(Object.keys(ERROR_CODES).sort());
    for (const status of Object.values(HTTP_STATUS)) expect(status).toBeGreaterThanOrEqual(400);
  });

  it("answers 5xx only for faults that are not the caller's", () => {
    const serverSide = Object.entries(HTTP_STATUS).filter(([, status]) => status >= 500);
    expect(serverSide.map(([code]) => code).sort()).toEqual(
      [
        'BROKER_UNAVAILABLE',
        'CONVERSION_UNAVAILABLE',
        'EGRESS_FAILED',
        'INTERNAL',
        'NOT_CONNECTED',
        'NO_OWNER',
        'REFUSED_BY_WHATSAPP',
        'TIMEOUT',
        'UNSUPPORTED_BY_WHATSAPP'
      ].sort()
    );
  });
});

describe('toWabusError', () => {
  it('leaves Wabus errors unchanged', () => {
    const error = new WabusError('NO_OWNER');
    expect(toWabusError(error)).toBe(error);
  });

  it.each([
    [new NotFoundException(), 'NOT_FOUND'],
    [Object.assign(new Error('too large'), { status: 413, type: 'entity.too.large' }), 'PAYLOAD_TOO_LARGE'],
    [new BadRequestException('Unexpected token'), 'INVALID_REQUEST'],
    [Object.assign(new Error('charset'), { status: 415 }), 'INVALID_REQUEST'],
    [new Error('disk on fire'), 'INTERNAL'],
    ['thrown text', 'INTERNAL'],
    [null, 'INTERNAL']
  ])('translates %s to %s', (thrown, code) => {
    const error = toWabusError(thrown);
    expect(error.code).toBe(code);
    expect(JSON.stringify(error.toBody())).not.toMatch(/disk on fire|Unexpected token/);
  });
});
