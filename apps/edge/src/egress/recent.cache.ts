/** What was found out lately, by a text: for a limited time, and for a limited number of texts. */
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
    // Everything at once: what is used is found out again, and no order has to be kept.
    if (this.answers.size >= this.most) this.answers.clear();
    this.answers.set(text, { answer, until: this.now() + this.lifetimeMs });
  }

  forget(text: string): void {
    this.answers.delete(text);
  }
}
