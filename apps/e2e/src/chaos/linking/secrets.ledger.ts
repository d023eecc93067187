/** One place where a secret was found. */
export interface Find<Owner> {
  readonly owner: Owner;
  readonly what: string;
  readonly where: string;
}

interface Secret<Owner> {
  readonly owner: Owner;
  readonly what: string;
  /** Events that may show the secret to those who may link the session. */
  readonly shownBy: readonly string[];
}

interface Form<Owner> {
  readonly form: string;
  readonly secret: Secret<Owner>;
}

/** Long secrets are identified by their beginnings, so that a text is searched only once for all of them. */
const KEY_CHARACTERS = 20;

/** The secrets that links used, and a search for them in texts that must not contain any. */
export class SecretsLedger<Owner> {
  private readonly long = new Map<string, Form<Owner>[]>();
  private readonly short: Form<Owner>[] = [];
  private count = 0;

  /** The number of secrets. */
  get size(): number {
    return this.count;
  }

  /** Adds a text as it is sent over a wire; ignores an empty one. */
  text(owner: Owner, what: string, form: string, shownBy: readonly string[] = []): void {
    if (form === '') return;
    this.count++;
    this.keep({ form, secret: { owner, what, shownBy } });
  }

  /** Adds bytes in each form in which a log or an event may contain them. */
  bytes(owner: Owner, what: string, bytes: Buffer, shownBy: readonly string[] = []): void {
    this.count++;
    const forms = [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex'), bytes.join(',')];
    const secret = { owner, what, shownBy };
    for (const form of new Set(forms)) this.keep({ form, secret });
  }

  /** Searches a text: a log line, or the body of an event with this name. */
  search(text: string, where: string, event: string | null = null): Find<Owner>[] {
    const found = new Set<Secret<Owner>>();
    for (const { form, secret } of this.short) if (text.includes(form)) found.add(secret);
    for (let i = 0; i + KEY_CHARACTERS <= text.length; i++) {
      for (const { form, secret } of this.long.get(text.slice(i, i + KEY_CHARACTERS)) ?? [])
        if (text.startsWith(form, i)) found.add(secret);
    }
    return [...found]
      .filter(({ shownBy }) => event === null || !shownBy.includes(event))
      .map(({ owner, what }) => ({ owner, what, where }));
  }

  private keep(one: Form<Owner>): void {
    if (one.form.length < KEY_CHARACTERS) return void this.short.push(one);
    const key = one.form.slice(0, KEY_CHARACTERS);
    this.long.set(key, [...(this.long.get(key) ?? []), one]);
  }
}
