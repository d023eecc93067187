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

/** Versions of the connection API there are. */
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

/** The body of `generate_qrcode`; it may be missing. */
export class GenerateQrRequest {
  /** Name of a browser or its full user agent: the identity under which the phone lists the session. */
  @MayBeMissing()
  @Validate(UserAgentConstraint)
  user_agent?: string;
}

/** The body of `set_config`. A missing field stays as it is. */
export class SetConfigRequest {
  /** The address for events; empty or `null` removes it. */
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(2_048)
  webhook?: string | null;

  /** Name of a browser or its full user agent. */
  @MayBeMissing()
  @Validate(UserAgentConstraint)
  user_agent?: string;

  /** Several events in one request. */
  @MayBeMissing()
  @IsBoolean()
  APIVersionCanBulk?: boolean;

  @IsOptional()
  @IsIn(API_VERSIONS)
  APIVersion?: (typeof API_VERSIONS)[number];
}

export class BrowserRequest {
  /** Shown on the phone. */
  @IsString()
  @MaxLength(64)
  os!: string;

  @IsIn(BROWSERS)
  name!: (typeof BROWSERS)[number];

  @IsString()
  @MaxLength(64)
  version!: string;
}

/** The settings of a session that may be changed. A missing field stays as it is. */
export class UpdateSettingsRequest {
  /** `null`: that of the connector. Takes effect at the next connection, on the phone at the next linking. */
  @ValidateIf(isGiven)
  @IsNested(() => BrowserRequest)
  browser?: BrowserRequest | null;

  /** The version of WhatsApp Web to present; `null` for the connector's version. WhatsApp refuses unknown versions. Takes effect at the next connection. */
  @ValidateIf(isGiven)
  @Validate(WhatsAppVersionConstraint)
  version?: string | null;

  /**
   * The proxy that carries the session's connections to WhatsApp and its media: `http://`, `https://` or `socks5://`, with user and password if needed,
   * percent-encoded. `null` for the connector's proxy. Takes effect at the next connection.
   */
  @ValidateIf(isGiven)
  @IsProxyAddress()
  proxy?: string | null;

  /** The address for events; `null` removes it. */
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(2_048)
  webhook?: string | null;

  /** Several events in one request of the webhook. */
  @IsOptional()
  @IsBoolean()
  bulk?: boolean;

  /** `auto`: the code of a link by passkey is compared when WhatsApp's own client would have it compared; `always`. */
  @IsOptional()
  @IsIn(PASSKEY_CODE_RULES)
  passkeyCode?: PasskeyCodeRule;

  /**
   * Kinds of chats that the session ignores: their messages are acknowledged but not decrypted, and none of their events is emitted. `null` or an empty list for none.
   * Takes effect at once.
   */
  @ValidateIf(isGiven)
  @IsArray()
  @ArrayUnique()
  @IsIn(IGNORABLE_CHATS, { each: true })
  ignore?: IgnorableChats[] | null;

  /**
   * The kind of jid that direct messages are sent to: `auto` follows what WhatsApp requires for the account, `lid` and `pn` force LIDs or phone numbers.
   * `null` stands for the setting of the connector. Takes effect at the next connection.
   */
  @ValidateIf(isGiven)
  @IsIn(ADDRESSINGS)
  addressing?: Addressing | null;
}
