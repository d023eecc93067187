const BROWSERS: readonly [pattern: RegExp, name: string][] = [
  [/\bEdg\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(Headless)?Chrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari']
];
const SYSTEMS: readonly [pattern: RegExp, name: string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux']
];

/** Returns the browser and operating system in a `User-Agent`, as far as they are known; `null` if neither is. */
export function browserName(agent: string | null): string | null {
  const nameIn = (list: typeof BROWSERS): string[] =>
    list
      .filter(([pattern]) => pattern.test(agent ?? ''))
      .map(([, name]) => name)
      .slice(0, 1);
  const names = [...nameIn(BROWSERS), ...nameIn(SYSTEMS)];
  return names.length === 0 ? null : names.join(', ');
}
