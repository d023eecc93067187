import type { Addressing, IgnorableChats, PasskeyCodeRule, SessionSettingsView } from '@wabus/contracts';
import { errorFrom } from '../edge/edge-error.js';

/** The values of the input fields. */
export interface SettingsForm {
  /** URL of the proxy; empty for the connector's proxy. */
  readonly proxy: string;
  readonly proxyUser: string;
  readonly proxyPassword: string;
  /** Empty for the connector's version. */
  readonly version: string;
  /** Empty for the connector's setting. */
  readonly addressing: Addressing | '';
  readonly os: string;
  readonly browser: string;
  readonly browserVersion: string;
  readonly passkeyCode: PasskeyCodeRule;
  readonly ignore: readonly IgnorableChats[];
}

/** The body of a request that changes settings. Missing fields stay unchanged. */
export interface SettingsChange {
  readonly proxy?: string | null;
  readonly version?: string | null;
  readonly addressing?: Addressing | null;
  readonly browser?: { readonly os: string; readonly name: string; readonly version: string };
  readonly passkeyCode?: PasskeyCodeRule;
  readonly ignore?: readonly IgnorableChats[];
}

// Object keys, so that the compiler reports a kind that is missing here.
export const IGNORABLE = Object.keys({ status: 0, groups: 0, channels: 0, broadcasts: 0 } satisfies Record<
  IgnorableChats,
  0
>) as IgnorableChats[];
export const ADDRESSING_CHOICES = Object.keys({ auto: 0, lid: 0, pn: 0 } satisfies Record<Addressing, 0>) as Addressing[];
export const CODE_RULES = Object.keys({ auto: 0, always: 0 } satisfies Record<PasskeyCodeRule, 0>) as PasskeyCodeRule[];

/** Returns the form for stored settings. The edge never returns the user and password of a proxy. */
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

/** Returns the changes that turn the stored settings into those of the form; empty if there are none. */
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

/** Whether a change takes effect with the next connection. Other changes take effect immediately or at the next link. */
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

/** Returns the edge's validation errors by form field; empty if the error names no field in the form. */
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
  // The edge refuses an invalid URL and names the field. User and password are then not added, so they do not appear in the error.
  if (protocol === undefined || rest === undefined || (proxyUser === '' && proxyPassword === '')) return proxy;
  return `${protocol}${encodeURIComponent(proxyUser)}:${encodeURIComponent(proxyPassword)}@${rest.slice(rest.lastIndexOf('@') + 1)}`;
}
