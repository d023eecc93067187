import type { SettingKind } from './setting.decorator.js';

export type SettingValue = string | number | boolean | string[];
export type Reading = { value: SettingValue } | { fault: string };

const TRUE = new Set(['true', 'yes', 'on', '1']);
const FALSE = new Set(['false', 'no', 'off', '0']);

/** Converts the text of one variable. A `file` path stays unchanged here: making it absolute needs the working directory. */
export function readSettingValue(kind: SettingKind, text: string): Reading {
  switch (kind) {
    case 'text':
    case 'file':
      return { value: text };
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? { value: Number(text) } : { fault: 'must be a number' };
    case 'boolean': {
      const word = text.toLowerCase();
      if (TRUE.has(word)) return { value: true };
      return FALSE.has(word) ? { value: false } : { fault: 'must be true or false' };
    }
    case 'list':
      return {
        value: text
          .split(',')
          .map(item => item.trim())
          .filter(Boolean)
      };
  }
}

/** Formats a value for the documentation and the startup log; the user name and password of a URL are masked. */
export function showSettingValue(value: SettingValue | null | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  const items = Array.isArray(value) ? value : [String(value)];
  return items.map(withoutCredentials).join(',');
}

/** Masks everything before the last `@` of an address, because a password may contain any character. */
function withoutCredentials(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1***@').replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/?#\s,]*@/gi, '$1***@');
}
