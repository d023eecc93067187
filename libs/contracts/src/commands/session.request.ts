import { IsIn, IsObject, IsOptional, Matches } from 'class-validator';
import { IsProxyAddress } from '../sessions/proxy-address.validator.js';
import { Field, Flag } from '../fields/request-fields.js';

/** The arguments of a command that has none. */
export class NoArguments {}

export class CreateSessionRequest {
  @Field(
    'The proxy for all connections to WhatsApp, including the first one: `http://…`, `https://…` or `socks5://…`.',
    { optional: true },
    IsProxyAddress()
  )
  proxy?: string;
}

export class StopSessionRequest {
  @Field('Accepted and ignored: older callers pass the reason for ending the connection.', { optional: true })
  error?: unknown;
}

export const QR_FORMATS = ['raw', 'svg', 'png', 'terminal'] as const;
export type QrFormat = (typeof QR_FORMATS)[number];

export class GetQrRequest {
  @Field(
    '`raw` (the text, the default), `svg` (an SVG document), `png` (a data URL) or `terminal` (block characters).',
    {},
    IsOptional(),
    IsIn(QR_FORMATS)
  )
  format?: QrFormat;
}

export class RequestPairingCodeRequest {
  @Field(
    "The account's phone number, with or without `+`.",
    {},
    Matches(/^\+?[0-9][0-9 ().-]{4,24}$/, { message: '$property must be a phone number in international format' })
  )
  phoneNumber!: string;

  @Field(
    'A code of your choice: eight characters from `1-9`, `A-H`, `J-N`, `P-T` and `V-Z`. If missing, Wabus picks one.',
    {},
    IsOptional(),
    Matches(/^[1-9A-HJ-NP-TV-Z]{8}$/)
  )
  customCode?: string;
}

export class GetPasskeyRequest {
  @Flag('Whether to create a one-time address at which a person without a token can finish or cancel this link.', { optional: true })
  link?: boolean;
}

export class SubmitPasskeyAssertionRequest {
  @Field(
    'The assertion from the browser: `{id, rawId, type, response: {clientDataJSON, authenticatorData, signature, userHandle}}`, with bytes as base64url. Other fields are ignored.',
    {},
    IsObject()
  )
  assertion!: Record<string, unknown>;
}

export class ConfirmPasskeyRequest {
  @Flag('Whether the phone shows the same code.')
  equal!: boolean;
}
