import type { Addressing } from './control-api.js';

/**
 * The part of the simulator's control API for content that phones encrypt with the secret of another message. docs/simulator.md lists the source of each
 * format.
 */

/** Content that refers to a message. `message` is `proto.IMessage` in JSON. */
export type SecretPart =
  | { kind: 'edit'; message: object }
  | { kind: 'event-edit'; message: object }
  | { kind: 'poll-vote'; options: string[] }
  | { kind: 'event-response'; response: 'GOING' | 'NOT_GOING' | 'MAYBE'; extraGuestCount?: number }
  | { kind: 'reaction'; text: string }
  | { kind: 'comment'; message: object };

export interface SendPartArgs {
  /** Phone number of the author of the part: a contact, or an account that uses its phone. */
  from: string;
  /** The other side of a direct chat. */
  to?: string;
  groupJid?: string;
  /** Id of the message to which it refers; the author must have sent or received that message. */
  target: string;
  part: SecretPart;
  /** The jid forms of that message's author and of this part's sender in the encryption; default: those of the chat. */
  forms?: { author: Addressing; sender: Addressing };
  /** How the direct message is addressed. */
  addressing?: Addressing;
  id?: string;
  /** Encrypts with a secret that no receiver has. */
  lostSecret?: boolean;
}

/** An answer of an assistant, encrypted with the secret of its prompt. */
export interface AnswerAsAssistantArgs {
  /** The account whose private chat with the assistant receives it. */
  to?: string;
  groupJid?: string;
  /** Id of the prompt. */
  target: string;
  /** The parts of the answer: the first is the message, the others are edits of it, each with the whole text so far. */
  parts: string[];
  /** How often each part is delivered. Default 1. */
  copies?: number;
  /** Encrypts with a secret that no receiver has. */
  lostSecret?: boolean;
}

/** The decrypted content of a received part. */
export interface OpenedPart {
  kind: SecretPart['kind'];
  /** Id of the message to which it refers. */
  target: string;
  /** For a vote: names of the options. */
  options?: string[];
  /** For all other kinds: the content, `proto.IMessage` or a part of it, as JSON. */
  content?: object;
}
