import type { CommandArgument, CommandRow } from './commands.table.js';

/** The name of the field of an argument: n8n has one space of names for all operations. */
export const fieldName = (argument: string): string => `arg_${argument}`;

/** Arguments by name, from the values of fields. Throws a `RangeError` that names the field whose text is no JSON. */
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

/** JSON that is a text, as a field for JSON holds it, or a value, as an expression returns it. Throws a `RangeError` with the title of the field. */
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
