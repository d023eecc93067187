import type { Addressing } from './control-api.js';

/** The part of the simulator's control API that is about what phones encrypt under the secret of another message. docs/simulator.md says where each form comes from. */

/** What is said about a message. `message` is `proto.IMessage` in JSON. */
export type SecretPart =
  | { kind: 'edit'; message: object }
  | { kind: 'event-edit'; message: object }
  | { kind: 'poll-vote'; options: string[] }
  | { kind: 'event-response'; response: 'GOING' | 'NOT_GOING' | 'MAYBE'; extraGuestCount?: number }
  | { kind: 'reaction'; text: string }
  | { kind: 'comment'; message: object };

export interface SendPartArgs {
  /** Phone number of the author of the part: a contact, or the owner of an account at the phone. */
  from: string;
  /** The other side of a direct chat. */
  to?: string;
  groupJid?: string;
  /** Id of the message that it is about, which the author has sent or received. */
  target: string;
  part: SecretPart;
  /** By which jids of the author of that message and of the sender of this part it is encrypted; those of the chat when missing. */
  forms?: { author: Addressing; sender: Addressing };
  /** How the direct message is addressed. */
  addressing?: Addressing;
  id?: string;
  /** Encrypts with a secret that nobody has. */
  lostSecret?: boolean;
}

/** An answer of an assistant, under the secret of the message that asked it. */
export interface AnswerAsAssistantArgs {
  /** Whose private chat with the assistant it comes to. */
  to?: string;
  groupJid?: string;
  /** Id of the prompt. */
  target: string;
  /** Its parts: the first is the message, the others are edits of it, each with the whole text so far. */
  parts: string[];
  /** How often each part is delivered; once when missing. */
  copies?: number;
  /** Encrypts with a secret that nobody has. */
  lostSecret?: boolean;
}

/** What a phone has read of a part that it got. */
export interface OpenedPart {
  kind: SecretPart['kind'];
  /** Id of the message that it is about. */
  target: string;
  /** Of a vote: names of the options. */
  options?: string[];
  /** Of everything else: the content, `proto.IMessage` or a part of it, as JSON. */
  content?: object;
}
