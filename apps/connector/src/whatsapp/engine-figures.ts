/** Whoever reads the figures must not be flooded by a service that invents tags. */
const MAX_TAGS = 50;
const OTHERS = 'other';

/** Figures of all connections of one engine. */
export class EngineFigures {
  /** Stanzas of a kind that nobody handles, by tag. They were acknowledged, nothing came of them. */
  readonly unknownStanzas = new Map<string, number>();
  /** Stanzas that WhatsApp announced at logins whose backlog has not ended. */
  undrained = 0;

  /** Answers whether the tag is new to this process. */
  unknownStanza(tag: string): boolean {
    const isNew = !this.unknownStanzas.has(tag);
    const counted = isNew && this.unknownStanzas.size >= MAX_TAGS ? OTHERS : tag;
    this.unknownStanzas.set(counted, (this.unknownStanzas.get(counted) ?? 0) + 1);
    return isNew && counted === tag;
  }

  /** So many more (or fewer) stanzas are announced and not delivered to the end. */
  announced(change: number): void {
    this.undrained += change;
  }
}
