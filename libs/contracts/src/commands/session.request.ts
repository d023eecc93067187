import { IsIn, IsOptional, Matches } from 'class-validator';
import { Field } from './request-fields.js';

/** A command without arguments. */
export class NoArguments {}

export class StopSessionRequest {
  @Field('Taken and not used: older callers pass why they end a connection.', { optional: true })
  error?: unknown;
}

export const QR_FORMATS = ['raw', 'svg', 'png', 'terminal'] as const;
export type QrFormat = (typeof QR_FORMATS)[number];

export class GetQrRequest {
  /** `raw`: the text; `svg`: an SVG document; `png`: a data URL; `terminal`: block characters. Default `raw`. */
  @IsOptional()
  @IsIn(QR_FORMATS)
  format?: QrFormat;
}

export class RequestPairingCodeRequest {
  /** The account's phone number in international form, with or without `+`. */
  @Matches(/^\+?[0-9][0-9 ().-]{4,24}$/, { message: '$property must be a phone number in international form' })
  phoneNumber!: string;

  /** A code of your own: eight characters of `1-9 A-H J-N P-T V-Z` (Crockford's alphabet without 0, I, O, U). */
  @IsOptional()
  @Matches(/^[1-9A-HJ-NP-TV-Z]{8}$/)
  customCode?: string;
}
