/**
 * An error in the data of a source. `field` names the place: a field of the credentials, a type of records, or a file. The message says what is wrong and what
 * to do. Neither contains a value from the source.
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
