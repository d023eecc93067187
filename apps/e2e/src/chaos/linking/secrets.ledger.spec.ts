import { SecretsLedger } from './secrets.ledger.js';

const SECRET = Buffer.from([...Array(32).keys()]);

describe('the search for secrets', () => {
  const ledger = new SecretsLedger<string>();
  ledger.bytes('s1', 'key', SECRET, ['auth.qr']);
  ledger.text('s1', 'code', 'ABCD1234');

  test.each(['base64', 'base64url', 'hex'] as const)('finds bytes in %s', form => {
    expect(ledger.search(`{"a":"x,${SECRET.toString(form)}"}`, 'log')).toEqual([{ owner: 's1', what: 'key', where: 'log' }]);
  });

  test('finds bytes as a list of numbers', () => {
    expect(ledger.search(JSON.stringify(SECRET), 'log')).toHaveLength(1);
  });

  test('finds short texts', () => {
    expect(ledger.search('typed ABCD1234', 'log')).toEqual([{ owner: 's1', what: 'code', where: 'log' }]);
  });

  test('ignores the event that may show the secret', () => {
    const qr = `2@ref,a,b,${SECRET.toString('base64')}`;
    expect(ledger.search(qr, 'event', 'auth.qr')).toEqual([]);
    expect(ledger.search(qr, 'event', 'creds.update')).toHaveLength(1);
  });

  test('finds nothing else', () => {
    expect(ledger.search(SECRET.subarray(1).toString('base64'), 'log')).toEqual([]);
  });
});
