import type { Account, Device } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import type { World } from '../world/world.js';
import { ControlError } from './operation-fields.reader.js';

/** Finds the accounts, groups and devices that control requests name, or throws `ControlError`. */
export class Directory {
  constructor(private readonly world: World) {}

  /** Finds an account by phone number or jid. */
  account(name: string): Account {
    const account = this.world.accounts.find(name) ?? this.world.accounts.resolve(name)?.account;
    if (!account) throw new ControlError(`no account ${name}`);
    return account;
  }

  group(jid: string): Group {
    const group = this.world.groups.find(jid);
    if (!group) throw new ControlError(`no group ${jid}`);
    return group;
  }

  linked(account: Account): Device[] {
    const devices = account.companions();
    if (devices.length === 0) throw new ControlError(`${account.phoneNumber} has no linked device`);
    return devices;
  }
}
