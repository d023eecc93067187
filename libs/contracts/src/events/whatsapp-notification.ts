/** One element of a stanza, without secrets. */
export interface StanzaFacts {
  tag: string;
  attributes: Record<string, string>;
  /** Text inside it. */
  text?: string;
  /** The number of bytes inside it, if they are not text; the bytes are left out. */
  bytes?: number;
  /** The elements inside it. */
  content?: StanzaFacts[];
}

/**
 * A notification of WhatsApp that no Baileys event reports. WhatsApp decides which kinds exist and what they contain: expect unknown kinds, attributes and elements.
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
  /** The author, if the stanza names one. */
  participant?: string;
  /** WhatsApp's time, as an ISO time; `null` if not given. */
  at: string | null;
  /** All attributes of the stanza. Values that are secrets are `<redacted>`. */
  attributes: Record<string, string>;
  /** Its elements; secret content and keys are left out. */
  content: StanzaFacts[];
  /** Of kind `mex`: what the operation carries, as JSON. Secrets in it are `<redacted>`. */
  data?: unknown;
}
