import {
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  Validate,
  ValidateIf,
  ValidatorConstraint,
  type ValidatorConstraintInterface
} from 'class-validator';
import { IsNested, MayBeMissing } from '../fields/request-fields.js';
import { ADDRESSINGS, type Addressing } from './addressing.js';
import { BROWSERS, browserOfUserAgent, parseWhatsAppVersion } from './browser-identity.policy.js';
import { IGNORABLE_CHATS, type IgnorableChats } from './ignored-chats.js';
import { PASSKEY_CODE_RULES, type PasskeyCodeRule } from './passkey.js';
import { IsProxyAddress } from './proxy-address.validator.js';

/** The versions of the connection API. */
export const API_VERSIONS = ['1.0'] as const;

@ValidatorConstraint({ name: 'isUserAgent' })
class UserAgentConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && value.length <= 1_024 && browserOfUserAgent(value) !== null;
  }

  defaultMessage(): string {
    return `$property must be ${BROWSERS.join(', ')}, or the user agent of a browser, up to 1024 characters`;
  }
}

@ValidatorConstraint({ name: 'isWhatsAppVersion' })
class WhatsAppVersionConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && parseWhatsAppVersion(value) !== null;
  }

  defaultMessage(): string {
    return '$property must be three numbers separated by dots, such as 2.3000.1027934701';
  }
}

const isGiven = (_: unknown, value: unknown): boolean => value !== undefined && value !== null;

/** The body of `generate_qrcode`, which may be missing. */
export class GenerateQrRequest {
  /** The name of a browser or a full user agent: the identity under which the phone lists the session. */
  @MayBeMissing()
  @Validate(UserAgentConstraint)
  user_agent?: string;
}

/** The body of `set_config`. Missing fields stay unchanged. */
export class SetConfigRequest {
  /** The URL for events; an empty text or `null` removes it. */
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(2_048)
  webhook?: string | null;

  /** The name of a browser or a full user agent. */
  @MayBeMissing()
  @Validate(UserAgentConstraint)
  user_agent?: string;

  /** Whether a request may contain several events. */
  @MayBeMissing()
  @IsBoolean()
  APIVersionCanBulk?: boolean;

  @IsOptional()
  @IsIn(API_VERSIONS)
  APIVersion?: (typeof API_VERSIONS)[number];
}

export class BrowserRequest {
  /** The operating system, which the phone shows. */
  @IsString()
  @MaxLength(64)
  os!: string;

  @IsIn(BROWSERS)
  name!: (typeof BROWSERS)[number];

  @IsString()
  @MaxLength(64)
  version!: string;
}

/** The settings of a session to change. Missing fields stay unchanged. */
export class UpdateSettingsRequest {
  /** The browser identity; `null` for the connector's. It takes effect at the next connection, and on the phone at the next linking. */
  @ValidateIf(isGiven)
  @IsNested(() => BrowserRequest)
  browser?: BrowserRequest | null;

  /** The version of WhatsApp Web to present; `null` for the connector's. WhatsApp refuses unknown versions. It takes effect at the next connection. */
  @ValidateIf(isGiven)
  @Validate(WhatsAppVersionConstraint)
  version?: string | null;

  /**
   * The proxy for the session's connections to WhatsApp and its media: `http://`, `https://` or `socks5://`, with a percent-encoded user and password if
   * needed. `null` for the connector's proxy. It takes effect at the next connection.
   */
  @ValidateIf(isGiven)
  @IsProxyAddress()
  proxy?: string | null;

  /** The URL for events; `null` removes it. */
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(2_048)
  webhook?: string | null;

  /** Whether a request to the webhook may contain several events. */
  @IsOptional()
  @IsBoolean()
  bulk?: boolean;

  /** When somebody must compare the code of a passkey link: `auto` requires it whenever WhatsApp's own client would; `always` requires it every time. */
  @IsOptional()
  @IsIn(PASSKEY_CODE_RULES)
  passkeyCode?: PasskeyCodeRule;

  /**
   * The kinds of chats that the session ignores: it acknowledges their messages but does not decrypt them, and emits none of their events. `null` or an empty
   * list for none. It takes effect at once.
   */
  @ValidateIf(isGiven)
  @IsArray()
  @ArrayUnique()
  @IsIn(IGNORABLE_CHATS, { each: true })
  ignore?: IgnorableChats[] | null;

  /**
   * The kind of jid that direct messages are sent to: `auto` follows what WhatsApp requires for the account; `lid` and `pn` force LIDs and phone numbers.
   * `null` for the connector's setting. It takes effect at the next connection.
   */
  @ValidateIf(isGiven)
  @IsIn(ADDRESSINGS)
  addressing?: Addressing | null;
}
