/** What a token must permit: `read` (status, history), `send` (messages), `control` (life of sessions), `admin` (everything). */
export const SCOPES = ['read', 'send', 'control', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** One row of the command catalog. `Reply` is known to the compiler only. */
export interface CommandRow<Request extends object = object, Reply = unknown> {
  /** `owner`: the connector that owns the session carries it out. `registry`: the edge reads or edits the session's record. */
  readonly target: 'owner' | 'registry';
  /** Validated class of the arguments. */
  readonly request: new () => Request;
  /** Names of the arguments in order, for callers that pass them as an array as Baileys' methods do. */
  readonly parameters: readonly string[];
  readonly scope: Scope;
  /** How long the caller waits when it does not say. */
  readonly deadlineMs: number;
  /** Doing it twice has the effect of doing it once. */
  readonly repeatable: boolean;
  /** It sends one message whose id is chosen beforehand: repeated with the same id, the receiver sees one message. */
  readonly takesMessageId?: true;
  readonly meaning: string;
  /** Never present: carries the type of the reply. */
  readonly reply?: Reply;
}

/** Types a row: `command<Reply>()({…})`. Keeps the target as its own type, so that commands can be told apart by it. */
export const command =
  <Reply>() =>
  <Request extends object, const Target extends CommandRow['target']>(
    row: Omit<CommandRow<Request, Reply>, 'reply' | 'parameters' | 'target'> & {
      target: Target;
      parameters: readonly (keyof Request & string)[];
    }
  ): CommandRow<Request, Reply> & { readonly target: Target } =>
    row;
