import { WabusError } from '../errors/wabus-error.js';

/** Names and texts of an error are for people: a caller that sends a megabyte as the name of a field does not get it back. */
const MAX_NAME = 200;
const MAX_PROBLEM = 400;

/** The error of arguments that are wrong: what is wrong with each field, by its path such as `content.text`. The first one is in the message. */
export function invalidArguments(fields: Readonly<Record<string, readonly string[]>>): WabusError {
  const problems = Object.entries(fields).map(
    ([name, texts]) => [shortened(name, MAX_NAME), texts.map(text => shortened(text, MAX_PROBLEM))] as const
  );
  const [name, texts] = problems[0]!;
  return new WabusError('INVALID_ARGUMENTS', {
    message: `Argument ${name}: ${texts[0]}.`,
    details: { fields: Object.fromEntries(problems) }
  });
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
