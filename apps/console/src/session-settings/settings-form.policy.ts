import type { Addressing, IgnorableChats, PasskeyCodeRule, SessionSettingsView } from '@wabus/contracts';
import { errorFrom } from '../edge/edge-error.js';

/** What the fields of the settings hold. */
export interface SettingsForm {
  /** Address of the proxy; empty for the proxy of the connector. */
  readonly proxy: string;
  readonly proxyUser: string;
  readonly proxyPassword: string;
  /** Empty for the version of the connector. */
  readonly version: string;
  /** Empty for the setting of the connector. */
  readonly addressing: Addressing | '';
  readonly os: string;
  readonly browser: string;
  readonly browserVersion: string;
  readonly passkeyCode: PasskeyCodeRule;
  readonly ignore: readonly IgnorableChats[];
}

/** The body of a request that changes settings; what is left out stays. */
export interface SettingsChange {
  readonly proxy?: string | null;
  readonly version?: string | null;
  readonly addressing?: Addressing | null;
  readonly browser?: { readonly os: string; readonly name: string; readonly version: string };
  readonly passkeyCode?: PasskeyCodeRule;
  readonly ignore?: readonly IgnorableChats[];
}

// Rows, so that a new one must be named here.
export const IGNORABLE = Object.keys({ status: 0, groups: 0, channels: 0, broadcasts: 0 } satisfies Record<
  IgnorableChats,
  0
>) as IgnorableChats[];
export const ADDRESSING_CHOICES = Object.keys({ auto: 0, lid: 0, pn: 0 } satisfies Record<Addressing, 0>) as Addressing[];
export const CODE_RULES = Object.keys({ auto: 0, always: 0 } satisfies Record<PasskeyCodeRule, 0>) as PasskeyCodeRule[];

/** The fields for the settings that are stored. User and password of a proxy are never known here. */
export function formOf({ proxy, version, addressing, browser, passkeyCode, ignore }: SessionSettingsView): SettingsForm {
  return {
    proxy: proxy?.url ?? '',
    proxyUser: '',
    proxyPassword: '',
    version: version ?? '',
    addressing: addressing ?? '',
    os: browser.os,
    browser: browser.name,
    browserVersion: browser.version,
    passkeyCode,
    ignore
  };
}

/** What a request has to change so that the settings become those of the form; empty when they are. */
export function changeOf(view: SessionSettingsView, form: SettingsForm): SettingsChange {
  const before = formOf(view);
  const [version, proxy] = [form.version.trim(), form.proxy.trim()];
  const isNewLogin = proxy !== '' && (form.proxyUser !== '' || form.proxyPassword !== '');
  const isNewBrowser = form.os !== before.os || form.browser !== before.browser || form.browserVersion !== before.browserVersion;
  const isNewChoice = IGNORABLE.some(kind => form.ignore.includes(kind) !== before.ignore.includes(kind));
  return {
    ...(proxy === before.proxy && !isNewLogin ? {} : { proxy: proxyAddress({ ...form, proxy }) }),
    ...(version === before.version ? {} : { version: version === '' ? null : version }),
    ...(form.addressing === before.addressing ? {} : { addressing: form.addressing === '' ? null : form.addressing }),
    ...(isNewBrowser ? { browser: { os: form.os, name: form.browser, version: form.browserVersion } } : {}),
    ...(form.passkeyCode === before.passkeyCode ? {} : { passkeyCode: form.passkeyCode }),
    ...(isNewChoice ? { ignore: form.ignore } : {})
  };
}

/** Whether a change waits for the next connection; the others apply at once or at the next link. */
export function waitsForConnection({ version, addressing, browser }: SettingsChange): boolean {
  return version !== undefined || addressing !== undefined || browser !== undefined;
}

const FIELDS: Readonly<Record<string, keyof SettingsForm>> = {
  proxy: 'proxy',
  version: 'version',
  addressing: 'addressing',
  browser: 'browser',
  'browser.os': 'os',
  'browser.name': 'browser',
  'browser.version': 'browserVersion',
  passkeyCode: 'passkeyCode',
  ignore: 'ignore'
};

/** What the edge found wrong, by field of the form; empty when the error names no field that is shown. */
export function faultsByField(thrown: unknown): Partial<Record<keyof SettingsForm, string>> {
  const { details, message } = errorFrom(thrown);
  const { field, fields } = (details ?? {}) as { field?: unknown; fields?: unknown };
  const named: [string, unknown][] =
    typeof fields === 'object' && fields !== null ? Object.entries(fields) : typeof field === 'string' ? [[field, message]] : [];
  return Object.fromEntries(
    named.flatMap(([name, text]) => {
      const shown = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
      return shown === undefined ? [] : [[shown, [text].flat().join('; ')]];
    })
  );
}

function proxyAddress({ proxy, proxyUser, proxyPassword }: SettingsForm): string | null {
  if (proxy === '') return null;
  const [, protocol, rest] = /^([a-z0-9+.-]+:\/\/)(.*)$/i.exec(proxy) ?? [];
  // What is no address is refused by the edge, which names the field. A login never goes with it.
  if (protocol === undefined || rest === undefined || (proxyUser === '' && proxyPassword === '')) return proxy;
  return `${protocol}${encodeURIComponent(proxyUser)}:${encodeURIComponent(proxyPassword)}@${rest.slice(rest.lastIndexOf('@') + 1)}`;
}
