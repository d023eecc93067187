/** What is known when the service says that the registration is to be refreshed. */
export interface RefreshCircumstances {
  readonly linked: boolean;
  /** The phone has the secret already: it typed a pairing code, or the passkey request was encrypted with it. */
  readonly secretIsOut: boolean;
}

/**
 * What to do with a `companion_reg_refresh`. A new secret would break a link that depends on the one the phone has
 * (oxidezap/whatsapp-rust PR 1163), and means nothing to a device that is linked.
 */
export function onRegistrationRefresh({ linked, secretIsOut }: RefreshCircumstances): 'renew' | 'acknowledge-only' {
  return linked || secretIsOut ? 'acknowledge-only' : 'renew';
}
