import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Addressing } from '@wabus/testing';
import { Fields } from './control/operation-fields.reader.js';
import type { World } from './world/world.js';

export const USAGE = `Usage: node apps/simulator/dist/main.js [options]

A WhatsApp server on loopback for development, tests and demos. Prints one line of JSON once it listens:
{"url": for Baileys' waWebSocketUrl, "controlUrl": for the control API, "rootPublicKey": of its certificates, base64}

  --port N              port of the simulated WhatsApp (default: a free one)
  --control-port N      port of the control API (default: a free one)
  --accounts FILE       JSON list of accounts to register: [{"phoneNumber": "15550000001", "name": "Alice", "advertisePhone": true}]
  --state-file FILE     keep accounts, linked devices and phone keys across restarts
  --root-key-file FILE  keep the root of the certificate chain across restarts (default: beside the state file)
  --addressing pn|lid   how one-to-one messages of contacts are addressed (default: like the account: by LID once it has moved to LIDs)
  --qr-references N     QR references per pairing connection (default: 6)
  --help                print this text
`;

export interface CommandLine {
  help: boolean;
  port: number | undefined;
  controlPort: number | undefined;
  accountsFile: string | undefined;
  stateFile: string | undefined;
  rootKeyFile: string | undefined;
  addressing: Addressing | undefined;
  qrReferences: number | undefined;
}

const PORTS = { min: 0, max: 65_535 };

/** Parses the command line; throws an error that names the invalid option. */
export function readCommandLine(argv: string[]): CommandLine {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      port: text,
      'control-port': text,
      accounts: text,
      'state-file': text,
      'root-key-file': text,
      addressing: text,
      'qr-references': text,
      help: { type: 'boolean', default: false }
    }
  });
  const number = (value: string | undefined) => (value === undefined ? undefined : Number(value));
  const fields = new Fields({
    '--port': number(values.port),
    '--control-port': number(values['control-port']),
    '--qr-references': number(values['qr-references']),
    '--addressing': values.addressing
  });
  return {
    help: values.help,
    port: fields.optionalInteger('--port', PORTS),
    controlPort: fields.optionalInteger('--control-port', PORTS),
    accountsFile: values.accounts,
    stateFile: values['state-file'],
    // Linked devices trust the root certificate under which they were linked, so it is stored next to them.
    rootKeyFile: values['root-key-file'] ?? (values['state-file'] && `${values['state-file']}.root-key`),
    addressing: fields.optionalOneOf('--addressing', ['pn', 'lid']),
    qrReferences: fields.optionalInteger('--qr-references', { min: 1, max: 100 })
  };
}

/** Registers the accounts in a JSON file; rejects if the file contains anything else. */
export async function registerAccounts(world: World, path: string): Promise<void> {
  const list = JSON.parse(await readFile(path, 'utf8')) as unknown;
  if (!Array.isArray(list)) throw new Error(`${path} does not contain a list of accounts`);
  for (const each of list) {
    const fields = new Fields(each);
    world.accounts.create({
      phoneNumber: fields.phoneNumber('phoneNumber'),
      name: fields.optionalString('name'),
      advertisePhone: fields.optionalBoolean('advertisePhone'),
      hidesNumber: fields.optionalBoolean('hidesNumber'),
      username: fields.optionalString('username')
    });
  }
}
