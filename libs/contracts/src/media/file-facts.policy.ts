const MAX_BYTES = 255;
/** Control characters of all kinds, those that turn the direction of a line, and line separators. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;
/** What Windows takes in no name, and half a character. */
const NOT_IN_NAMES = /[<>:"|?*]|\p{Surrogate}/gu;
/** What Windows takes for a device, whatever follows the point. */
const DEVICES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
const LONGEST_ENDING = 16;

/**
 * A file name that every file system takes, and nothing else: without folders, control characters and what only some systems allow, of at most 255 bytes, with its ending
 * kept. `null` when nothing is left. Whoever sends a file chooses its name.
 */
export function plainFileName(text: string | null | undefined): string | null {
  const name = (text ?? '')
    .normalize('NFC')
    .replace(UNSEEN, '')
    .split(/[/\\]/)
    .at(-1)!
    .replace(NOT_IN_NAMES, '_')
    .trim()
    // Windows takes them away at the end of a name.
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

/** A media type as it may stand in a header (RFC 9110, 8.3), with its parameters; `null` for anything else. */
export function plainMediaType(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > 255) return null;
  const type = text.trim().replace(/;\s*$/, '');
  return MEDIA_TYPE.test(type) ? type : null;
}
