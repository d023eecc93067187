import { field, isObject, objectsIn, textOf } from '../read-models/projection/payload.codec.js';
import { CLOUD_FAILURES, CloudRefusal } from './cloud-error.table.js';

/** A text that replaces buttons or a list, and the file above it. */
export interface WrittenOut {
  readonly text: string;
  /** The `header` of the request if it is a file: `{type, <type>: {id | link}}`. */
  readonly file: unknown;
}

const FILES = new Set(['image', 'video', 'document']);

/** Returns the value, parsed if it is the JSON text of an object or a list. Meta accepts both, and programs send both. */
export function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/**
 * Converts an interactive message to text, because WhatsApp shows buttons and lists only from companies on its business platform. Choices
 * are numbered; people reply with a number or the title. Throws `CloudRefusal` if it cannot be converted.
 */
export function writtenOut(interactive: unknown): WrittenOut {
  const body = textOf(field(interactive, 'body'), 'text');
  const header = field(interactive, 'header');
  const isFile = FILES.has(textOf(header, 'type') ?? '');
  const title = isFile ? null : textOf(header, 'text');
  const footer = textOf(field(interactive, 'footer'), 'text');
  const parts = [title === null ? null : `*${title}*`, body, choices(interactive), footer === null ? null : `_${footer}_`];
  const text = parts.filter(part => part !== null && part !== '').join('\n\n');
  if (text === '') throw new CloudRefusal(CLOUD_FAILURES.missing, 'interactive.body.text is required.');
  return { text, file: isFile ? header : null };
}

function choices(interactive: unknown): string | null {
  const action = opened(field(interactive, 'action'));
  const type = textOf(interactive, 'type');
  switch (type) {
    case 'button': {
      const titles = objectsIn(field(action, 'buttons')).flatMap(({ reply }) => textOf(reply, 'title') ?? []);
      if (titles.length === 0) throw new CloudRefusal(CLOUD_FAILURES.missing, 'interactive.action.buttons[].reply.title is required.');
      return numbered(titles);
    }
    case 'list': {
      const sections = objectsIn(field(action, 'sections'));
      const rows = sections.flatMap(section => objectsIn(section['rows']));
      if (rows.length === 0) throw new CloudRefusal(CLOUD_FAILURES.missing, 'interactive.action.sections[].rows is required.');
      return listed(sections);
    }
    case 'cta_url': {
      const parameters = field(action, 'parameters');
      const url = textOf(parameters, 'url');
      if (url === null) throw new CloudRefusal(CLOUD_FAILURES.missing, 'interactive.action.parameters.url is required.');
      return [textOf(parameters, 'display_text'), url].filter(part => part !== null).join(': ');
    }
    case 'location_request_message':
      return null;
    case null:
    default:
      throw new CloudRefusal(
        CLOUD_FAILURES.unsupported,
        `interactive messages of the type ${type ?? '(none)'} cannot be sent from a linked device.`
      );
  }
}

const numbered = (titles: readonly string[], from = 1): string => titles.map((title, i) => `${from + i}. ${title}`).join('\n');

/** Returns the rows of all sections with consecutive numbers. */
function listed(sections: readonly object[]): string {
  let number = 1;
  return sections
    .map(section => {
      const rows = objectsIn(field(section, 'rows')).map(line);
      const text = numbered(rows, number);
      number += rows.length;
      const title = textOf(section, 'title');
      return title === null ? text : `*${title}*\n${text}`;
    })
    .join('\n\n');
}

const line = (row: unknown): string => [textOf(row, 'title') ?? '', textOf(row, 'description')].filter(Boolean).join(' – ');

/**
 * Returns the text of a template's components, or `null` if there is none. It contains only the values that the program fills in, because
 * the surrounding words are known only to Meta.
 */
export function templateText(template: unknown): string | null {
  const components = objectsIn(field(template, 'components')).filter(({ type }) => typeof type !== 'string' || !/^buttons?$/i.test(type));
  const lines = components.map(component =>
    objectsIn(component['parameters'])
      .flatMap(parameter => parameterText(parameter) ?? [])
      .join(' ')
  );
  const text = lines.filter(part => part !== '').join('\n');
  return text === '' ? null : text;
}

function parameterText(parameter: unknown): string | null {
  const type = textOf(parameter, 'type') ?? 'text';
  const value = field(parameter, type);
  if (type === 'text') return textOf(parameter, 'text');
  return isObject(value) ? (textOf(value, 'fallback_value') ?? textOf(value, 'link')) : null;
}
