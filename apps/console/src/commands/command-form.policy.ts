import { resolve, type CommandEntry, type Schema, type Schemas } from './command-catalog.codec.js';
import { faultsOf, type Fault } from './json-schema.policy.js';

/** How the user enters an argument. */
export type FieldKind = 'text' | 'number' | 'flag' | 'choice' | 'json';

export interface ArgumentField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly description: string;
  readonly required: boolean;
  /** The options of a choice. */
  readonly choices: readonly string[];
}

/** The entered texts by argument name. An argument with an empty text is omitted. */
export type ArgumentTexts = Readonly<Record<string, string>>;

/** Returns the input fields of a command, in the order of its arguments. */
export function argumentFields({ schema, order }: CommandEntry, schemas: Schemas): ArgumentField[] {
  const { properties = {}, required = [] } = schema;
  const names = [...new Set([...order.filter(name => name in properties), ...Object.keys(properties)])];
  return names.map(name => {
    const field = properties[name]!;
    const known = resolve(field, schemas);
    return {
      name,
      kind: kindOf(known),
      description: field.description ?? known.description ?? '',
      required: required.includes(name),
      choices: (known.enum ?? []).map(String)
    };
  });
}

function kindOf({ type, enum: choices }: Schema): FieldKind {
  if (choices?.every(choice => typeof choice === 'string') === true) return 'choice';
  if (type === 'string') return 'text';
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'boolean' ? 'flag' : 'json';
}

/** Returns the example of a command as input texts. */
export function startTexts(command: CommandEntry, schemas: Schemas): ArgumentTexts {
  return textsOf(command, command.example, schemas);
}

/** Returns arguments as input texts. */
export function textsOf(command: CommandEntry, args: Readonly<Record<string, unknown>>, schemas: Schemas): ArgumentTexts {
  return Object.fromEntries(
    argumentFields(command, schemas)
      .filter(({ name }) => args[name] !== undefined)
      .map(({ name, kind }) => [name, kind === 'json' ? JSON.stringify(args[name], null, 2) : String(args[name])])
  );
}

export interface ArgumentsRead {
  readonly args: Record<string, unknown>;
  /** By the path of the field. Invalid JSON in a field is a fault of kind `json`. */
  readonly faults: (Fault | { readonly path: string; readonly kind: 'json'; readonly limit: string })[];
}

/** Returns the arguments in the entered texts, and their faults. */
export function readArguments(command: CommandEntry, texts: ArgumentTexts, schemas: Schemas): ArgumentsRead {
  const args: Record<string, unknown> = {};
  const unreadable: ArgumentsRead['faults'] = [];
  for (const { name, kind } of argumentFields(command, schemas)) {
    const text = texts[name] ?? '';
    if (text === '') continue;
    try {
      args[name] = valueOf(text, kind);
    } catch (thrown) {
      unreadable.push({ path: name, kind: 'json', limit: (thrown as Error).message });
    }
  }
  const isUnreadable = (path: string): boolean => unreadable.some(fault => fault.path === path);
  return { args, faults: [...unreadable, ...faultsOf(args, command.schema, schemas).filter(({ path }) => !isUnreadable(path))] };
}

/** Throws if a JSON text is invalid. */
function valueOf(text: string, kind: FieldKind): unknown {
  switch (kind) {
    case 'json':
      return JSON.parse(text);
    case 'number':
      return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
    case 'flag':
      return text === 'true';
    case 'text':
    case 'choice':
      return text;
  }
}

/** Returns the name of the argument that a path belongs to. */
export function argumentOf(path: string): string {
  return /^[^.[]*/.exec(path)![0];
}
