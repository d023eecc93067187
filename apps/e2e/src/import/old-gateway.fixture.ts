import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  awaitCondition,
  createTempFolder,
  findFreePort,
  launchProcess,
  type LaunchedProcess,
  type SimulatedAccount,
  type TempFolder
} from '@wabus/testing';
import type { WabusFixture } from '../wabus.fixture.js';
import type { OldGatewayLaunch, OldGatewayOperations } from './stock/old-gateway.protocol.js';

const MAIN = fileURLToPath(new URL('../../dist/import/stock/old-gateway.js', import.meta.url));
const SETTLED_MS = 700;
/** Several gateways start in parallel. */
const START_LIMIT_MS = 60_000;

/** An account that was linked to another gateway, which has stopped; messages wait for it. */
export interface LeftSession {
  readonly account: SimulatedAccount;
  readonly bob: SimulatedAccount;
  readonly carol: SimulatedAccount;
  readonly groupJid: string;
  /** As `useMultiFileAuthState` left it. */
  readonly folder: string;
  /** Texts that were sent to the account while no gateway ran. */
  readonly waiting: readonly string[];
}

/** Folders of sessions that a stock Baileys gateway has left behind. */
export class OldGateways {
  private readonly folder: TempFolder = createTempFolder('old-gateway');
  private count = 0;

  constructor(private readonly wabus: WabusFixture) {}

  /** Links an account with a stock gateway, exchanges messages with a contact and in a group, stops the gateway, and leaves two messages waiting. */
  async leave(ciphers: 'stock' | 'rust' = 'stock'): Promise<LeftSession> {
    const { control, simulator } = this.wabus;
    // The old gateway does not support tokens.
    await control.setReachTerms({ salts: 'none' });
    const [account, bob, carol] = [
      await control.createAccount({ migrated: false }),
      await control.createAccount({}),
      await control.createAccount({})
    ];
    const folder = `${this.folder.path}/${++this.count}`;
    const port = await findFreePort();
    const launch: OldGatewayLaunch = { port, simulatorUrl: simulator.url, simulatorControlUrl: simulator.controlUrl, folder, ciphers };
    const process = await launchProcess({ name: 'old gateway', main: MAIN, args: [JSON.stringify(launch)] });
    await process.awaitLine(line => line === 'ready', START_LIMIT_MS);
    const ask = askerOf(port);
    await ask('link', { phoneNumber: account.phoneNumber });
    const { groupJid } = await control.createGroup({
      subject: 'Trio',
      owner: bob.phoneNumber,
      members: [account.phoneNumber, carol.phoneNumber],
      addressing: 'lid'
    });
    const write = (text: string) =>
      control.sendMessage({ from: bob.phoneNumber, to: account.phoneNumber, message: { conversation: text } });
    const writeGroup = (text: string) => control.sendGroupMessage({ from: carol.phoneNumber, groupJid, message: { conversation: text } });
    await write('to the old one');
    await writeGroup('group to the old one');
    for (const text of ['to the old one', 'group to the old one']) await ask('awaitText', { text });
    await ask('send', { jid: bob.pnJid, text: 'from the old one' });
    await ask('send', { jid: groupJid, text: 'group from the old one' });
    await control.received({ phoneNumber: bob.phoneNumber, from: account.phoneNumber, atLeast: 2, waitMs: 10_000 });
    await awaitStill(this.wabus, account);
    await stopped(process);
    const waiting = ['while nobody ran', 'group while nobody ran'];
    await write(waiting[0]!);
    await writeGroup(waiting[1]!);
    return { account, bob, carol, groupJid, folder, waiting };
  }

  /** Returns a copy of a folder, for a test that damages it. */
  copy({ folder }: LeftSession): string {
    const copy = `${this.folder.path}/${++this.count}`;
    cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
    return copy;
  }

  /** Returns a path for a file of a test. */
  place(name: string): string {
    return `${this.folder.path}/${++this.count}-${name}`;
  }

  remove(): void {
    this.folder.remove();
  }
}

function askerOf(port: number) {
  return async <K extends keyof OldGatewayOperations>(name: K, args: Parameters<OldGatewayOperations[K]>[0]): Promise<void> => {
    const response = await fetch(`http://127.0.0.1:${port}/${name}`, { method: 'POST', body: JSON.stringify(args) });
    if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
    await response.arrayBuffer();
  };
}

/** Waits until the receipts and responses of the last messages are processed: after a kill, later ones would not be in the files. */
async function awaitStill({ control }: WabusFixture, { phoneNumber }: SimulatedAccount): Promise<void> {
  let stillSince = Date.now();
  await awaitCondition(
    () => control.devices({ phoneNumber }),
    devices => {
      if (devices.some(device => device.unconfirmed > 0)) stillSince = Date.now();
      return Date.now() - stillSince > SETTLED_MS;
    },
    { what: 'an account with nothing on its way' }
  );
}

async function stopped(process: LaunchedProcess): Promise<void> {
  await process.stop();
}
