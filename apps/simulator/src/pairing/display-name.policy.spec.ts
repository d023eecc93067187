import { isKnownDisplayName, isKnownPlatformId } from './display-name.policy.js';

describe('display names of a request for a pairing code', () => {
  it.each([
    'Chrome (Windows)',
    'Chrome (Mac OS)',
    'Chrome (Ubuntu)',
    'Firefox (Linux)',
    'Edge (Windows)',
    'Safari (Mac OS)',
    'Opera (Linux)'
  ])('accept %s', text => {
    expect(isKnownDisplayName(text)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'Chrome',
    'Chrome (Wabus)',
    'Wabus (Windows)',
    'chrome (Windows)',
    'Chrome(Windows)',
    'Chrome (Windows) ',
    'Chrome (Windows 11)'
  ])('refuse %s', text => {
    expect(isKnownDisplayName(text)).toBe(false);
  });

  it.each(['1', '9'])('are accepted with platform %s', text => {
    expect(isKnownPlatformId(text)).toBe(true);
  });

  it.each([undefined, '', '0', '10', 'chrome'])('are refused with platform %s', text => {
    expect(isKnownPlatformId(text)).toBe(false);
  });
});
