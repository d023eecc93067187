/** One element of a stanza, as far as it may be told. */
export interface StanzaFacts {
  tag: string;
  attributes: Record<string, string>;
  /** Text inside it. */
  text?: string;
  /** The number of bytes inside it, where they are no text; the bytes are not told. */
  bytes?: number;
  /** The elements inside it. */
  content?: StanzaFacts[];
}

/**
 * A notification of WhatsApp that none of Baileys' events tells. Which kinds there are, and what they say, is up to WhatsApp: expect kinds, attributes and elements that you do not know.
 */
export interface WhatsAppNotification {
  /** The type of the notification: `w:gp2` for groups, `business`, `devices`, `contacts`, `mex` … */
  kind: string;
  /** What happened: the tag of the first element that none of Baileys' events tells, of kind `mex` the name of the operation; `null` when there is none. */
  action: string | null;
  /** The id of the stanza. */
  id: string;
  /** The jid of the person, group or channel that it is about; `null` when it comes from the server itself. */
  from: string | null;
  /** Who did it, where the stanza says so. */
  participant?: string;
  /** When, as WhatsApp says, ISO time; `null` when it does not. */
  at: string | null;
  /** All attributes of the stanza. Values that are secrets are `<redacted>`. */
  attributes: Record<string, string>;
  /** Its elements; those whose content is a secret or a key are told without it. */
  content: StanzaFacts[];
  /** Of kind `mex`: what the operation carries, as JSON. Secrets in it are `<redacted>`. */
  data?: unknown;
}
