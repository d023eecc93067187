import { isLidUser, isPnUser, jidNormalizedUser } from '../baileys.js';
import { BoundedCache } from '../bounded.cache.js';

const AUTHORS = 1_000;

/**
 * The phone numbers of status post authors by LID. Receipts contain both jids (whatsapp-rust 2413271c), and are completed synchronously when they are sent,
 * when nothing can be looked up.
 */
export class PostAuthors {
  private readonly numbers = new BoundedCache<string, string>({ max: AUTHORS });

  note(author: string, number: string | null | undefined): void {
    if (isLidUser(author) && number && isPnUser(number)) this.numbers.set(jidNormalizedUser(author), jidNormalizedUser(number));
  }

  numberOf(author: string | undefined): string | undefined {
    return author === undefined ? undefined : this.numbers.get(jidNormalizedUser(author));
  }
}
