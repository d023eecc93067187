import type { AuthenticationCreds } from '@whiskeysockets/baileys';
import type { LoginCounts } from './client-payload.mapper.js';

/** A field that Wabus stores in Baileys' credentials. */
interface CountedCredentials {
  loginCounter?: number;
}

/** Counts the logins of a device. The count is stored with the credentials, so it restarts at 0 with a new link. */
export class LoginCounter {
  /** Attempts of this process since the last login. */
  private attempts = 0;

  /** Returns the counts to present in a login attempt, and counts the attempt. */
  begin(credentials: AuthenticationCreds): LoginCounts {
    return { logins: counted(credentials).loginCounter ?? 0, attempts: this.attempts++ };
  }

  /** Counts a successful login. Returns the update of the credentials to store. */
  succeeded(credentials: AuthenticationCreds): Partial<AuthenticationCreds> {
    this.attempts = 0;
    const update: CountedCredentials = { loginCounter: (counted(credentials).loginCounter ?? 0) + 1 };
    return update as Partial<AuthenticationCreds>;
  }
}

const counted = (credentials: AuthenticationCreds): CountedCredentials => credentials as CountedCredentials & AuthenticationCreds;
