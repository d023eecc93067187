import { Transform } from 'class-transformer';
import { IsString, Matches } from 'class-validator';
import { parseJid } from '../ids/jid.codec.js';

/** A field that takes a jid, a LID or a phone number, and holds a jid once validated. */
export function IsJid(): PropertyDecorator {
  const decorators = [
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (parseJid(value) ?? value) : value)),
    IsString(),
    Matches(/@/, { message: '$property must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international form' })
  ];
  return (target, property) => decorators.forEach(decorate => decorate(target, property));
}
