import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuthKeyFile, parseAuthKeys } from './auth-key-file.js';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

describe('the key file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wabus-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is created at first use, only for its owner, and is kept', () => {
    const path = join(folder, 'deep', 'auth.key');
    const [made] = openAuthKeyFile(path);
    expect(made!.secret).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(openAuthKeyFile(path)).toEqual([made]);
    expect(openAuthKeyFile(join(folder, 'other.key'))[0]!.secret.equals(made!.secret)).toBe(false);
  });

  it('contains one key per line; the first encrypts', () => {
    const path = join(folder, 'auth.key');
    writeFileSync(path, `# since May\n${key(2)}\r\n\n  ${key(1)}  \n`);
    expect(openAuthKeyFile(path).map(one => one.secret[0])).toEqual([2, 1]);
    expect(readFileSync(path, 'utf8')).toContain('since May');
  });

  it.each([
    ['too short', 'c2hvcnQ='],
    ['too long', Buffer.alloc(33).toString('base64')],
    ['hexadecimal', Buffer.alloc(32, 7).toString('hex')],
    ['not base64', '!'.repeat(44)]
  ])('is refused with its name and line, without its content: %s', (_what, line) => {
    let message = '';
    try {
      parseAuthKeys(`${key(1)}\n${line}\n`, 'auth.key');
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('auth.key, line 2');
    expect(message).toContain('32 bytes');
    expect(message).not.toContain(line);
  });

  it('is refused if it contains no key', () => {
    expect(() => parseAuthKeys('\n# nothing\n', 'auth.key')).toThrow('contains no key');
  });

  it('identifies keys by a name that does not reveal them', () => {
    const [one, two] = parseAuthKeys(`${key(1)}\n${key(2)}`, 'x');
    expect(one!.id).toHaveLength(4);
    expect(one!.id.equals(two!.id)).toBe(false);
    expect(one!.secret.includes(one!.id)).toBe(false);
  });
});
