import { Account, type AccountIdentity, type Device } from './account.js';
import { splitJid, type ParsedJid } from './jid.js';
import { Phone } from './phone.js';

/** A resolved address: the account, and its linked device if the jid contains one (device 0 is the phone, which is not a linked device). */
export interface Resolved extends ParsedJid {
  account: Account;
  companion: Device | undefined;
}

/** All accounts of the simulator, by phone number, LID or jid. */
export class AccountsRegistry {
  private readonly byPhoneNumber = new Map<string, Account>();
  private readonly byLid = new Map<string, Account>();
  /** LIDs whose number now belongs to another account. */
  private readonly formerLids = new Set<string>();
  private invented = 0;

  /** `changed` is called whenever the persistent state of a phone has changed. */
  constructor(private readonly changed: () => void = () => undefined) {}

  /**
   * Registers an account. If the number is registered already, returns the existing account with the given fields updated. Invents missing fields:
   * phone numbers 15550000001, 15550000002 … and the LID that matches the number.
   */
  create(wanted: Partial<AccountIdentity>, phone: Phone = Phone.create(this.changed)): Account {
    const phoneNumber = wanted.phoneNumber ?? this.inventPhoneNumber();
    const existing = this.byPhoneNumber.get(phoneNumber);
    if (existing) {
      existing.name = wanted.name ?? existing.name;
      existing.advertisePhone = wanted.advertisePhone ?? existing.advertisePhone;
      existing.hidesNumber = wanted.hidesNumber ?? existing.hidesNumber;
      existing.username = wanted.username ?? existing.username;
      existing.migrated = wanted.migrated ?? existing.migrated;
      return existing;
    }
    const account = new Account(
      {
        phoneNumber,
        lid: wanted.lid ?? `9${phoneNumber.padStart(14, '0')}`,
        name: wanted.name ?? `Contact ${phoneNumber.slice(-4)}`,
        advertisePhone: wanted.advertisePhone ?? true,
        hidesNumber: wanted.hidesNumber ?? false,
        username: wanted.username,
        migrated: wanted.migrated ?? true,
        lidHidden: wanted.lidHidden ?? false
      },
      phone
    );
    this.byPhoneNumber.set(phoneNumber, account);
    this.byLid.set(account.lid, account);
    this.changed();
    return account;
  }

  /** Registers the number for a new account: with another LID and phone, without devices and groups. */
  registerAgain({ phoneNumber, lid, name, advertisePhone, hidesNumber, username, migrated, lidHidden }: Account): Account {
    this.byPhoneNumber.delete(phoneNumber);
    this.byLid.delete(lid);
    this.formerLids.add(lid);
    return this.create({
      ...{ phoneNumber, name, advertisePhone, hidesNumber, username, migrated, lidHidden },
      lid: this.inventLid(phoneNumber)
    });
  }

  /** Returns whether a jid is a LID whose number now belongs to another account. */
  isFormer(jid: string): boolean {
    const parsed = splitJid(jid);
    return parsed?.addressing === 'lid' && this.formerLids.has(parsed.user);
  }

  find(phoneNumber: string): Account | undefined {
    return this.byPhoneNumber.get(phoneNumber);
  }

  /** Finds the account and device for a user jid in either addressing. */
  resolve(jid: string | undefined): Resolved | undefined {
    const parsed = splitJid(jid);
    if (!parsed) return undefined;
    const account = (parsed.addressing === 'lid' ? this.byLid : this.byPhoneNumber).get(parsed.user);
    return account && { ...parsed, account, companion: account.devices.get(parsed.device) };
  }

  /** All accounts in the order of registration. */
  all(): Account[] {
    return [...this.byPhoneNumber.values()];
  }

  private inventLid(phoneNumber: string): string {
    for (let times = 8; ; times--) {
      const lid = `${times}${phoneNumber.padStart(14, '0')}`;
      if (!this.byLid.has(lid) && !this.formerLids.has(lid)) return lid;
    }
  }

  private inventPhoneNumber(): string {
    for (;;) {
      const phoneNumber = String(15_550_000_000 + ++this.invented);
      if (!this.byPhoneNumber.has(phoneNumber)) return phoneNumber;
    }
  }
}
