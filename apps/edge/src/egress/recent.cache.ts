/** Caches answers by text, for a limited time and up to a limited number. */
export class RecentAnswers<T> {
  private readonly answers = new Map<string, { readonly answer: T; readonly until: number }>();

  constructor(
    private readonly lifetimeMs: number,
    private readonly most: number,
    private readonly now: () => number = () => performance.now()
  ) {}

  get(text: string): T | undefined {
    const found = this.answers.get(text);
    return found !== undefined && found.until > this.now() ? found.answer : undefined;
  }

  set(text: string, answer: T): void {
    // Clears everything at once. Entries in use are determined again, and no order needs to be maintained.
    if (this.answers.size >= this.most) this.answers.clear();
    this.answers.set(text, { answer, until: this.now() + this.lifetimeMs });
  }

  forget(text: string): void {
    this.answers.delete(text);
  }
}
