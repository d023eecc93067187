import { authKey } from './auth-key-file.js';
import { AuthStateUnreadableError } from './auth-state.errors.js';
import { SessionCipher } from './encryption.codec.js';

const k1 = authKey(Buffer.alloc(32, 1));
const k2 = authKey(Buffer.alloc(32, 2));
const text = Buffer.from('the ratchet of a contact');

function reasonOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof AuthStateUnreadableError) return error.reason;
    throw error;
  }
  return undefined;
}

describe('the encryption of a record', () => {
  const cipher = new SessionCipher([k1], 'a');

  it('decrypts what it encrypted, and never repeats bytes', () => {
    const [one, two] = [cipher.encrypt('auth.a.x', text), cipher.encrypt('auth.a.x', text)];
    expect(cipher.decrypt('auth.a.x', one)).toEqual(text);
    expect(one.equals(two)).toBe(false);
    expect(one.includes(text)).toBe(false);
    expect(cipher.decrypt('auth.a.x', cipher.encrypt('auth.a.x', Buffer.alloc(0)))).toHaveLength(0);
  });

  it('is valid only for its name and session', () => {
    const stored = cipher.encrypt('auth.a.x', text);
    expect(reasonOf(() => cipher.decrypt('auth.a.y', stored))).toBe('damaged');
    expect(reasonOf(() => new SessionCipher([k1], 'b').decrypt('auth.a.x', stored))).toBe('damaged');
  });

  it('detects a change of any byte', () => {
    const stored = cipher.encrypt('auth.a.x', text);
    for (let i = 0; i < stored.length; i++) {
      const changed = Buffer.from(stored);
      changed[i]! ^= 1;
      expect(reasonOf(() => cipher.decrypt('auth.a.x', changed))).toBe(i >= 1 && i <= 4 ? 'unknown-key' : 'damaged');
    }
    for (let length = 0; length < stored.length; length++)
      expect(reasonOf(() => cipher.decrypt('auth.a.x', stored.subarray(0, length)))).toBe('damaged');
  });

  it('reports which key is missing', () => {
    const stored = cipher.encrypt('auth.a.x', text);
    const other = new SessionCipher([k2], 'a');
    expect(reasonOf(() => other.decrypt('auth.a.x', stored))).toBe('unknown-key');
    expect(() => other.decrypt('auth.a.x', stored)).toThrow(k1.id.toString('hex'));
  });

  it('survives a key rotation: the old key still decrypts', () => {
    const old = cipher.encrypt('auth.a.x', text);
    const rotated = new SessionCipher([k2, k1], 'a');
    expect(rotated.decrypt('auth.a.x', old)).toEqual(text);
    const renewed = rotated.encrypt('auth.a.x', text);
    expect(new SessionCipher([k2], 'a').decrypt('auth.a.x', renewed)).toEqual(text);
    expect(reasonOf(() => cipher.decrypt('auth.a.x', renewed))).toBe('unknown-key');
  });
});
