import { Boom } from '@hapi/boom';
import { baileysLogger, type LineWriter } from './baileys.logger.js';

function recorder() {
  const lines: [level: string, fields: object, message: string][] = [];
  const write = (level: string) => (fields: object, message: string) => void lines.push([level, fields, message]);
  const writer: LineWriter = { trace: write('trace'), debug: write('debug'), warn: write('warn') };
  return { lines, writer };
}

describe('the logger of Baileys', () => {
  test('omits objects and masks the numbers in a text', () => {
    const { lines, writer } = recorder();
    const logger = baileysLogger(writer, new AbortController().signal).child({ stream: 'in' });
    logger.info({ node: { key: 'SECRET' }, me: { id: '15550000001@s.whatsapp.net' } }, 'pairing with 15550000001@s.whatsapp.net');
    logger.warn('closing session of 15550000001');
    expect(lines).toEqual([
      ['debug', {}, 'baileys: pairing with …@s.whatsapp.net'],
      ['debug', {}, 'baileys: closing session of …']
    ]);
  });

  test('logs the name and status code of an error', () => {
    const { lines, writer } = recorder();
    baileysLogger(writer, new AbortController().signal).error(
      { err: new Boom('with 15550000001', { statusCode: 428 }), key: 'SECRET' },
      'failed'
    );
    expect(lines).toEqual([['warn', { error: 'Error', statusCode: 428 }, 'baileys: failed']]);
  });

  test('does not warn of what the state of the session tells', () => {
    const { lines, writer } = recorder();
    baileysLogger(writer, new AbortController().signal).error({ reasonNode: {} }, 'stream errored out');
    expect(lines).toEqual([['debug', {}, 'baileys: stream errored out']]);
  });

  test('logs nothing above debug once the socket has ended', () => {
    const { lines, writer } = recorder();
    baileysLogger(writer, AbortSignal.abort()).error({}, 'failed');
    expect(lines.map(([level]) => level)).toEqual(['debug']);
  });

  test('reports no level at which Baileys would render stanzas', () => {
    expect(baileysLogger(recorder().writer, new AbortController().signal).level).toBe('info');
  });
});
