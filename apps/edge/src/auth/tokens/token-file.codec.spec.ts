import { SCOPES } from '@wabus/contracts';
import { hashToken, parseTokenFile } from './token-file.codec.js';

const token = 'a-token-of-decent-length';

describe('parseTokenFile', () => {
  it('gives an unrestricted token every session and scope', () => {
    const [known] = parseTokenFile(`${token}\n`);
    expect(known!.hash).toBe(hashToken(token));
    expect(known!.principal).toMatchObject({ sessions: '*', scopes: SCOPES });
  });

  it('keeps neither the token nor a part of it', () => {
    expect(JSON.stringify(parseTokenFile(`${token} sessions=a`))).not.toContain(token.slice(0, 6));
  });

  it('reads restrictions, lines, comments and Windows line ends', () => {
    const known = parseTokenFile(`# for the shop\r\n${token} sessions=sales,shop-2 scopes=read,send\r\n\r\n${token}2 scopes=read\r\n`);
    expect(known.map(({ principal }) => [principal.sessions, principal.scopes])).toEqual([
      [
        ['sales', 'shop-2'],
        ['read', 'send']
      ],
      ['*', ['read']]
    ]);
    expect(known[0]!.principal.id).not.toBe(known[1]!.principal.id);
  });

  it('accepts the hash of a token in its place', () => {
    const [known] = parseTokenFile(`sha256:${hashToken(token)} sessions=a scopes=read`);
    expect(known).toEqual(parseTokenFile(`${token} sessions=a scopes=read`)[0]);
  });

  it.each([
    ['a short token', 'short'],
    ['a hash that is too short', `sha256:${hashToken(token).slice(1)}`],
    ['a hash in upper case', `sha256:${hashToken(token).toUpperCase()}`],
    ['an unknown restriction', `${token} session=a`],
    ['an empty list of sessions', `${token} sessions=`],
    ['an invalid session id', `${token} sessions=a/b`],
    ['an unknown scope', `${token} scopes=root`]
  ])('refuses %s and names the line, not the token', (_what, line) => {
    expect(() => parseTokenFile(`# first\n${line}`)).toThrow(/line 2 of the token file/);
    expect(() => parseTokenFile(`# first\n${line}`)).not.toThrow(new RegExp(token));
  });
});
