import { Injectable } from '@nestjs/common';
import { completedReferences, openReferences } from '@wabus/contracts';
import { authorise } from '../auth/authorise.policy.js';
import type { CommandWithMedia } from '../media/argument-media.js';
import { LinkPreviews } from '../media/link-previews.js';
import { KnownMessages } from '../read-models/reading/known-messages.js';

/** A command whose arguments are valid. */
export interface CommandToComplete extends CommandWithMedia {
  readonly method: string;
}

/**
 * Completes the arguments of a command for its connector: files become references, links get a preview, and messages get the
 * facts that the read models contain.
 */
@Injectable()
export class ArgumentCompletion {
  constructor(
    private readonly previews: LinkPreviews,
    private readonly messages: KnownMessages
  ) {}

  /**
   * Returns the arguments with all known facts about messages; the connector refuses messages that are still incomplete. Throws the errors of
   * `ArgumentMedia.stored`, `FORBIDDEN` if the content of a message is required and the principal may not read, and `BROKER_UNAVAILABLE`.
   */
  async complete(command: CommandToComplete): Promise<object> {
    const { principal, session, method, args } = command;
    const references = openReferences(method, args);
    if (references.some(({ needs }) => needs === 'content')) authorise(principal, 'read', session);
    const known = references.length === 0 ? new Map<string, never>() : await this.messages.find(session, references);
    return this.previews.stored({ ...command, args: completedReferences(method, args, known) });
  }
}
