import type { CommandArgument, CommandRow } from './commands.table.js';

/** Returns the name of the field for an argument. The prefix is necessary because all operations of a node share one namespace. */
export const fieldName = (argument: string): string => `arg_${argument}`;

/**
 * Returns the arguments by name, converted from the values of fields.
 * @throws {RangeError} with the title of the field whose text is not JSON
 */
export function argumentsOf({ args }: CommandRow, valueOf: (argument: CommandArgument) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    args.flatMap(argument => {
      const value = valueOf(argument);
      return value === undefined ? [] : [[argument.name, converted(argument, value)]];
    })
  );
}

function converted({ kind, title }: CommandArgument, value: unknown): unknown {
  switch (kind) {
    case 'texts':
      return Array.isArray(value)
        ? value
        : String(value)
            .split(',')
            .map(text => text.trim())
            .filter(text => text !== '');
    case 'json':
    case 'list':
      return parsed(title, value);
    case 'choice':
    case 'flag':
    case 'number':
    case 'text':
      return value;
  }
}

/**
 * Returns the JSON of a field, which is a string if the user typed it, and a value if an expression returned one.
 * @throws {RangeError} with the title of the field if the text is not JSON
 */
export function parsed(title: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const json = jsonOf(value);
  if (json === undefined) throw new RangeError(`${title} must be JSON`);
  return json;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
