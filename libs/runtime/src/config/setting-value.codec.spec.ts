import { readSettingValue, showSettingValue } from './setting-value.codec.js';

describe('reading a setting', () => {
  it.each([
    ['8080', 8080],
    ['-1', -1],
    ['0.5', 0.5],
    ['1e3', 1000]
  ])('accepts the number %s', (text, value) => {
    expect(readSettingValue('number', text)).toEqual({ value });
  });

  it.each(['', ' ', '0x10', '12px', 'NaN', 'Infinity', '1,5'])('refuses %p as a number', text => {
    expect(readSettingValue('number', text)).toEqual({ fault: 'must be a number' });
  });

  it.each(['true', 'TRUE', 'yes', 'on', '1'])('reads %s as true', text => {
    expect(readSettingValue('boolean', text)).toEqual({ value: true });
  });

  it.each(['false', 'No', 'off', '0'])('reads %s as false', text => {
    expect(readSettingValue('boolean', text)).toEqual({ value: false });
  });

  it('refuses any other word as true or false', () => {
    expect(readSettingValue('boolean', 'maybe')).toEqual({ fault: 'must be true or false' });
  });

  it('splits a list at commas, without white space and empty items', () => {
    expect(readSettingValue('list', ' a, b ,,c ')).toEqual({ value: ['a', 'b', 'c'] });
  });

  it('leaves text as it is', () => {
    expect(readSettingValue('text', '007')).toEqual({ value: '007' });
  });
});

describe('showing a setting', () => {
  it('hides the user and password of every URL', () => {
    expect(showSettingValue(['nats://me:pass@one:4222', 'nats://two:4222'])).toBe('nats://***@one:4222,nats://two:4222');
    expect(showSettingValue('nats://token@one:4222')).toBe('nats://***@one:4222');
    expect(showSettingValue(['me:pass@one:4222', 'tls://me:p/a#s@s?@two'])).toBe('***@one:4222,tls://***@two');
  });

  it('shows nothing for an unset value', () => {
    expect(showSettingValue(undefined)).toBeUndefined();
  });

  it('shows false and zero', () => {
    expect([showSettingValue(false), showSettingValue(0)]).toEqual(['false', '0']);
  });
});
