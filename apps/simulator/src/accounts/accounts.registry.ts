import { Account, type AccountIdentity, type Device } from './account.js';
import { splitJid, type ParsedJid } from './jid.js';
import { Phone } from './phone.js';

/** An address resolved: the account, and its linked device when the jid names one (device 0 is the phone and has none). */
export interface Resolved extends ParsedJid {
  account: Account;
  companion: Device | undefined;
}

/** All accounts of the simulator, found by phone number, LID or jid. */
export class AccountsRegistry {
  private readonly byPhoneNumber = new Map<string, Account>();
  private readonly byLid = new Map<string, Account>();
  /** LIDs whose number belongs to another account by now. */
  private readonly formerLids = new Set<string>();
  private invented = 0;

  /** `changed` is called whenever a phone's persistent state has. */
  constructor(private readonly changed: () => void = () => undefined) {}

  /**
   * Registers an account; answers the existing one, renamed when a name is given, when the number is known. Missing fields are invented:
   * phone numbers 15550000001, 15550000002 … and the LID that goes with the number.
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

  /** The number gets a new account: another LID and phone, no devices, no groups. */
  registerAgain({ phoneNumber, lid, name, advertisePhone, hidesNumber, username, migrated, lidHidden }: Account): Account {
    this.byPhoneNumber.delete(phoneNumber);
    this.byLid.delete(lid);
    this.formerLids.add(lid);
    return this.create({
      ...{ phoneNumber, name, advertisePhone, hidesNumber, username, migrated, lidHidden },
      lid: this.inventLid(phoneNumber)
    });
  }

  /** Whether a jid is a LID whose number belongs to another account by now. */
  isFormer(jid: string): boolean {
    const parsed = splitJid(jid);
    return parsed?.addressing === 'lid' && this.formerLids.has(parsed.user);
  }

  find(phoneNumber: string): Account | undefined {
    return this.byPhoneNumber.get(phoneNumber);
  }

  /** Finds the account and device behind a user jid of either addressing. */
  resolve(jid: string | undefined): Resolved | undefined {
    const parsed = splitJid(jid);
    if (!parsed) return undefined;
    const account = (parsed.addressing === 'lid' ? this.byLid : this.byPhoneNumber).get(parsed.user);
    return account && { ...parsed, account, companion: account.devices.get(parsed.device) };
  }

  /** In the order of registration. */
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
