// @ts-check
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { IN_REPOSITORY, ROOT } from '../install.mjs';
import { releaseOf } from '../release/version.places.mjs';
import { ask, readSessions } from './installation.checks.mjs';
import { readStreams } from './nats.checks.mjs';

/** @typedef {import('./surroundings.reader.mjs').Surroundings} Surroundings */
/** @typedef {import('./finding.policy.mjs').Finding} Finding */

/** Metric labels whose values come from closed lists. Others, such as the names of connectors, are omitted. */
const SAFE_LABELS = /^(outcome|reason|tag|path|state|origin|method|status|le|kind|service|version)$/;
/**
 * Matches IPv4 and IPv6 addresses, names with a port, and names that could not be resolved. A version has three numbers; a time has no letters
 * and no double colon.
 */
const HOST =
  /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?![\w.]*\w)|\[[\da-f:.]*:[\da-f:.]+\](?::\d+)?|(?<![\w:])(?:[\da-f]{0,4}(?::[\da-f]{0,4})*::[\da-f:.]*|(?:[\da-f]{1,4}:){7}[\da-f]{1,4})|(?<![\w.-])(?:[a-z][\w-]*\.)*[a-z][\w-]*:\d{2,5}\b|(?<=\b(?:ENOTFOUND|EAI_AGAIN) )[\w.-]+/gi;
const MAX_LOG_BYTES = 20_000_000;

/**
 * Composes the data that a bug report needs, without personal data. The fields are selected one by one; nothing else is included. Session names
 * are replaced by numbers, which are valid only within one report.
 * @param {Surroundings} surroundings
 * @param {ReadonlyMap<string, Finding>} findings
 */
export async function composeReport(surroundings, findings) {
  const sessions = await readSessions(surroundings);
  const conceal = concealer(
    surroundings,
    sessions.map(({ session }) => session)
  );
  const streams = findings.get('streams')?.state === 'skipped' ? [] : await readStreams(surroundings).catch(() => []);
  const metrics = await ask(surroundings, '/metrics');
  return {
    format: 1,
    madeAt: new Date().toISOString(),
    release: releaseOf(ROOT),
    baileys: IN_REPOSITORY ? releaseOf(join(ROOT, 'node_modules/@whiskeysockets/baileys')) : null,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch} ${release()}`,
    settings: Object.keys(surroundings.env)
      .filter(name => name.startsWith('WABUS_'))
      .sort(),
    findings: Object.fromEntries([...findings].map(([id, { state, detail }]) => [id, { state, detail: conceal(detail) }])),
    sessions: sessions.map(({ session, status }) => ({
      session: conceal(session),
      state: status?.state ?? null,
      failures: status?.failures ?? null,
      reconnectLoopSince: status?.reconnectLoopSince ?? null,
      clientVersion: status?.clientVersion ?? null,
      lastInboundAt: status?.lastInboundAt ?? null,
      lastMessageAt: status?.lastMessageAt ?? null,
      restriction: status?.restriction?.kind ?? null,
      lastDisconnect: status?.lastDisconnect
        ? {
            reason: status.lastDisconnect.reason,
            code: status.lastDisconnect.code,
            at: status.lastDisconnect.at,
            willReconnect: status.lastDisconnect.willReconnect
          }
        : null,
      counters: status?.counters ?? null
    })),
    streams: streams.map(({ config, state, cluster }) => ({
      name: config.name,
      format: config.metadata?.['wabus.format'] ?? null,
      replicas: config.num_replicas,
      maxBytes: config.max_bytes ?? null,
      messages: state.messages,
      bytes: state.bytes,
      oldest: state.first_ts ?? null,
      behind: cluster?.replicas?.filter(({ current }) => !current).length ?? 0
    })),
    metrics: typeof metrics?.body === 'string' ? metricsOf(metrics.body) : null,
    log: logLines(join(surroundings.dataFolder, 'logs'))
  };
}

/**
 * @param {Awaited<ReturnType<typeof composeReport>>} report
 * @param {string} file
 */
export function writeReport(report, file) {
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

/**
 * @param {Surroundings} surroundings
 * @param {string[]} sessions
 * @returns {(text: string) => string}
 */
export function concealer({ accessToken, authKey, dataFolder }, sessions) {
  const salt = randomBytes(8);
  const names = [...sessions].sort((a, b) => b.length - a.length);
  const number = (/** @type {string} */ name) => `session-${createHash('sha256').update(salt).update(name).digest('hex').slice(0, 6)}`;
  const secrets = [accessToken.text, authKey.text].flatMap(text => text?.split(/\s+/) ?? []).filter(text => text.length >= 6);
  return text => {
    let shown = secrets.reduce((all, secret) => all.replaceAll(secret, '…'), text).replaceAll(dataFolder, '<data>');
    for (const name of names) shown = shown.replace(wholeWord(name), number(name));
    return shown
      .replace(/[a-z][a-z0-9+.-]*:\/\/[^\s/]+/gi, address => address.replace(/:\/\/.*/, '://…'))
      .replace(/[\w.+-]+@[\w.-]+/g, '…@…')
      .replace(HOST, '…')
      .replace(/\/(?:[\w.-]+\/)+[\w.-]+/g, path => `…/${path.split('/').at(-1)}`)
      .replace(/(?<![\d.])\+?\d[\d ()-]{6,}\d/g, '…');
  };
}

/** @param {string} name */
function wholeWord(name) {
  return new RegExp(`(?<![\\w-])${name.replace(/[^\w-]/g, '\\$&')}(?![\\w-])`, 'g');
}

/** Returns the samples of our own metrics, with labels from closed lists. @param {string} text */
function metricsOf(text) {
  const samples = text.split('\n').flatMap(line => {
    const [, name, labels = '', value] = /^(wabus_\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined || name.endsWith('_bucket')) return [];
    const kept = [...labels.matchAll(/(\w+)="([^"]*)"/g)].filter(([, label = '']) => SAFE_LABELS.test(label)).map(([pair]) => pair);
    return [[`${name}${kept.length > 0 ? `{${kept.join(',')}}` : ''}`, Number(value)]];
  });
  return Object.fromEntries(samples);
}

/**
 * Counts how often each fixed message was logged at `warn` or above, with error codes and kinds of unknown stanzas. No other field is read.
 * @param {string} folder
 */
function logLines(folder) {
  /** @type {Map<string, { level: string, count: number, last: string }>} */
  const lines = new Map();
  for (const file of existsSync(folder) ? readdirSync(folder).filter(name => /^(connector|edge)-?\d*\.log$/.test(name)) : []) {
    for (const line of readFileSync(join(folder, file), 'utf8').slice(-MAX_LOG_BYTES).split('\n')) {
      const entry = parse(line);
      if (entry === null || !['warn', 'error', 'fatal'].includes(String(entry.level))) continue;
      const [tag, type, code] = [entry['tag'], entry['type'], entry.err?.code].map(word);
      const key = [
        file.replace(/[-\d]*\.log$/, ''),
        entry.msg,
        ...(tag ? [`tag ${tag}`] : []),
        ...(type ? [`type ${type}`] : []),
        ...(code ? [`code ${code}`] : [])
      ].join(': ');
      const before = lines.get(key);
      lines.set(key, { level: String(entry.level), count: (before?.count ?? 0) + 1, last: String(entry.time) });
    }
  }
  return Object.fromEntries([...lines].sort(([, a], [, b]) => b.count - a.count));
}

/** Returns a word from a closed list; `null` for any other value, such as a message text or a phone number. @param {unknown} value */
function word(value) {
  return typeof value === 'string' && /^[A-Za-z][A-Za-z_-]{0,39}$/.test(value) ? value : null;
}

/** @param {string} line @returns {any} */
function parse(line) {
  try {
    const entry = JSON.parse(line);
    return typeof entry?.msg === 'string' ? entry : null;
  } catch {
    return null;
  }
}
