/** The unsent texts of each chat. They are stored in the tab, separately for each token, so the next user who logs in does not see them. */
export class Drafts {
  constructor(
    private readonly owner: string,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  ) {}

  read(session: string, jid: string): string {
    return this.storage.getItem(this.key(session, jid)) ?? '';
  }

  keep(session: string, jid: string, text: string): void {
    if (text === '') this.storage.removeItem(this.key(session, jid));
    else this.storage.setItem(this.key(session, jid), text);
  }

  private key(session: string, jid: string): string {
    return `wabus.draft ${JSON.stringify([this.owner, session, jid])}`;
  }
}
