/**
 * What a source holds cannot be taken over. `field` names the place (a field of the credentials, a type of records, a file), the message says what is wrong with it and
 * what to do; neither holds a value of the source.
 */
export class MigrateError extends Error {
  override readonly name = 'MigrateError';

  constructor(
    readonly field: string,
    message: string
  ) {
    super(message);
  }
}
