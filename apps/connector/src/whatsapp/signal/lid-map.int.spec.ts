import { addTransactionCapability, DEFAULT_CONNECTION_CONFIG, initAuthCreds, type SignalDataSet, type SignalKeyStore } from '../baileys.js';
import { baileysLogger } from '../baileys.logger.js';
import { pino } from 'pino';
import { lidMapRepository, type LidMap } from './lid-map.js';

const logger = baileysLogger(pino({ level: 'silent' }), new AbortController().signal);
const pn = (user: string) => `${user}@s.whatsapp.net`;
const lid = (user: string) => `${user}@lid`;

let map: LidMap;
let mapping: ReturnType<typeof DEFAULT_CONNECTION_CONFIG.makeSignalRepository>['lidMapping'];
let asked: string[][];

/** Uses Baileys' own map with keys in memory. WhatsApp's answer is always that the LID of a number is the number with a leading 9. */
beforeEach(() => {
  const stored = new Map<string, unknown>();
  const store = {
    get: (type: string, ids: string[]) =>
      Promise.resolve(Object.fromEntries(ids.flatMap(id => (stored.has(`${type} ${id}`) ? [[id, stored.get(`${type} ${id}`)]] : [])))),
    set: (changes: SignalDataSet) => {
      for (const [type, values] of Object.entries(changes))
        for (const [id, value] of Object.entries(values as object))
          if (value === null) stored.delete(`${type} ${id}`);
          else stored.set(`${type} ${id}`, value);
      return Promise.resolve();
    }
  } as SignalKeyStore;
  const keys = addTransactionCapability(store, logger, { maxCommitRetries: 1, delayBetweenTriesMs: 1 });
  asked = [];
  const askWhatsApp = (numbers: string[]) => {
    asked.push(numbers);
    return Promise.resolve(numbers.map(number => ({ pn: number, lid: `9${number.replace('@s.whatsapp.net', '@lid')}` })));
  };
  const make = lidMapRepository(made => (map = made), DEFAULT_CONNECTION_CONFIG.makeSignalRepository);
  mapping = make({ creds: initAuthCreds(), keys }, logger, askWhatsApp).lidMapping;
});

test('pairs of hosted accounts are stored and found', async () => {
  await mapping.storeLIDPNMappings([{ lid: '2:99@hosted.lid', pn: '1:99@hosted' }]);
  expect(await mapping.getPNForLID('2:99@hosted.lid')).toBe('1:99@hosted');
  expect(await mapping.getPNForLID(lid('2'))).toBe('1:0@s.whatsapp.net');
  expect(await mapping.getLIDForPN('1:99@hosted')).toBe('2:99@hosted.lid');
  expect(asked).toEqual([]);
});

test('a bulk source adds pairs and queries contradictions', async () => {
  await mapping.storeLIDPNMappings([{ lid: lid('91'), pn: pn('1') }]);
  await map.add([
    { lid: lid('5'), pn: pn('1') },
    { lid: lid('6'), pn: pn('2') }
  ]);
  expect(asked).toEqual([[pn('1')]]);
  expect(await mapping.getLIDForPN(pn('1'))).toBe(lid('91'));
  expect(await mapping.getLIDForPN(pn('2'))).toBe(lid('6'));
});

test('a change of number removes the old pair', async () => {
  await mapping.storeLIDPNMappings([{ lid: lid('5'), pn: pn('1') }]);
  await map.replace({ lid: lid('5'), pn: pn('1') }, { lid: lid('6'), pn: pn('2') });
  expect(await mapping.getLIDForPN(pn('2'))).toBe(lid('6'));
  expect(await mapping.getPNForLID(lid('5'))).toBeNull();
  expect(await mapping.getLIDForPN(pn('1'))).not.toBe(lid('5'));
});
