import type { AuthenticationCreds } from '@whiskeysockets/baileys';
import type { LoginCounts } from './client-payload.mapper.js';

/** Fields beside Baileys' own, stored with the credentials. */
interface CountedCredentials {
  loginCounter?: number;
}

/** Counts the logins of a device with its credentials, so that they start at 0 again with a new link. */
export class LoginCounter {
  /** Attempts of this process since the last login. */
  private attempts = 0;

  begin(credentials: AuthenticationCreds): LoginCounts {
    return { logins: counted(credentials).loginCounter ?? 0, attempts: this.attempts++ };
  }

  /** Logged in; what the credentials have to be stored with. */
  succeeded(credentials: AuthenticationCreds): Partial<AuthenticationCreds> {
    this.attempts = 0;
    const update: CountedCredentials = { loginCounter: (counted(credentials).loginCounter ?? 0) + 1 };
    return update as Partial<AuthenticationCreds>;
  }
}

const counted = (credentials: AuthenticationCreds): CountedCredentials => credentials as CountedCredentials & AuthenticationCreds;
