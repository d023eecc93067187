/** One element of a stanza, without secrets. */
export interface StanzaFacts {
  tag: string;
  attributes: Record<string, string>;
  /** The text inside the element. */
  text?: string;
  /** The size of the content in bytes, if it is not text. The content itself is left out. */
  bytes?: number;
  /** The child elements. */
  content?: StanzaFacts[];
}

/**
 * A notification from WhatsApp that no Baileys event reports. WhatsApp decides which kinds exist and what they contain, so expect unknown kinds, attributes and
 * elements.
 */
export interface WhatsAppNotification {
  /** The type of the notification, such as `w:gp2` for groups, `business`, `devices`, `contacts` or `mex`. */
  kind: string;
  /** What happened: the tag of the first element that no Baileys event reports or, for the kind `mex`, the name of the operation; `null` if there is none. */
  action: string | null;
  /** The id of the stanza. */
  id: string;
  /** The jid of the person, group or channel that the notification is about; `null` if it comes from the server itself. */
  from: string | null;
  /** The author, if the stanza names one. */
  participant?: string;
  /** The time according to WhatsApp, as an ISO time; `null` if not given. */
  at: string | null;
  /** All attributes of the stanza. Secret values are replaced by `<redacted>`. */
  attributes: Record<string, string>;
  /** The elements of the stanza, without secret content and keys. */
  content: StanzaFacts[];
  /** For the kind `mex`: the data of the operation. Secrets in it are replaced by `<redacted>`. */
  data?: unknown;
}
