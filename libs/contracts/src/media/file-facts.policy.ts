const MAX_BYTES = 255;
/** Control characters of all kinds, including those that change the writing direction, and line separators. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;
/** Characters that Windows forbids in names, and unpaired surrogates. */
const NOT_IN_NAMES = /[<>:"|?*]|\p{Surrogate}/gu;
/** Names of devices on Windows, which it also recognizes before a dot. */
const DEVICES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
const LONGEST_ENDING = 16;

/**
 * Returns a file name that is valid on every file system; `null` if nothing remains. The result has no folders, no control characters and no characters that
 * only some systems permit. It has at most 255 bytes and keeps the file extension. The sanitizing is necessary because the sender of a file chooses its name.
 */
export function plainFileName(text: string | null | undefined): string | null {
  const name = (text ?? '')
    .normalize('NFC')
    .replace(UNSEEN, '')
    .split(/[/\\]/)
    .at(-1)!
    .replace(NOT_IN_NAMES, '_')
    .trim()
    // Windows removes these characters from the end of a name.
    .replace(/[. ]+$/, '')
    .replace(DEVICES, '_$1');
  return name === '' ? null : shortened(name);
}

function shortened(name: string): string {
  const ending = /\.[^.]+$/.exec(name)?.[0] ?? '';
  const kept = ending.length <= LONGEST_ENDING && ending.length < name.length ? ending : '';
  let room = MAX_BYTES - Buffer.byteLength(kept);
  let stem = '';
  for (const character of name.slice(0, name.length - kept.length)) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    stem += character;
  }
  return stem + kept;
}

const TOKEN = "[a-z0-9!#$&^_.+'*`|~-]+";
const NAME = '[a-z0-9][a-z0-9!#$&^_.+-]{0,126}';
const MEDIA_TYPE = new RegExp(`^${NAME}/${NAME}(\\s*;\\s*${TOKEN}=(${TOKEN}|"[ !#-\\[\\]-~]*"))*$`, 'i');

/** Returns a media type with its parameters, if it is valid in a header (RFC 9110, 8.3); `null` for anything else. */
export function plainMediaType(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > 255) return null;
  const type = text.trim().replace(/;\s*$/, '');
  return MEDIA_TYPE.test(type) ? type : null;
}
