// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';

/**
 * The variables that each process reads, by process. Generated from the config classes: node tools/docs/configuration.mjs
 * @type {{ connector: string[], edge: string[] }}
 */
export const SETTINGS = JSON.parse(readFileSync(join(ROOT, 'tools', 'start', 'settings.catalog.json'), 'utf8'));

/** Variables that the operating system, Node.js, OpenSSL, Go and proxies use. None of them is a Wabus secret. */
const PLATFORM = new Set([
  ...[
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'SHELL',
    'TERM',
    'LANG',
    'LANGUAGE',
    'TZ',
    'TZDIR',
    'TMPDIR',
    'TMP',
    'TEMP',
    'NO_COLOR',
    'FORCE_COLOR'
  ],
  ...[
    'NODE_OPTIONS',
    'NODE_EXTRA_CA_CERTS',
    'NODE_ENV',
    'NODE_PATH',
    'NODE_DEBUG',
    'NODE_DEBUG_NATIVE',
    'NODE_NO_WARNINGS',
    'NODE_ICU_DATA'
  ],
  ...['NODE_V8_COVERAGE', 'NODE_COMPILE_CACHE', 'NODE_USE_SYSTEM_CA', 'NODE_USE_ENV_PROXY', 'NODE_TLS_REJECT_UNAUTHORIZED'],
  ...['NODE_REDIRECT_WARNINGS', 'NODE_PENDING_DEPRECATION', 'UV_THREADPOOL_SIZE', 'UV_USE_IO_URING'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'OPENSSL_CONF', 'OPENSSL_MODULES', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'],
  ...['LD_LIBRARY_PATH', 'LD_PRELOAD', 'DYLD_LIBRARY_PATH', 'MALLOC_ARENA_MAX', 'RES_OPTIONS', 'LOCALDOMAIN', 'HOSTALIASES'],
  ...['GOMAXPROCS', 'GOMEMLIMIT', 'GOGC', 'GODEBUG', 'GOTRACEBACK', 'SYSTEMROOT', 'WINDIR', 'COMSPEC', 'PATHEXT']
]);

/** Variables with which the Docker client finds its engine. */
export const DOCKER = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'DOCKER_CERT_PATH',
  'DOCKER_TLS_VERIFY',
  'XDG_RUNTIME_DIR',
  'XDG_CONFIG_HOME'
];

/**
 * Returns the environment of one process: the variables of its platform and the settings that it reads itself. No process receives the secrets
 * of another.
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} settings names of variables in addition to those of the platform
 * @param {Record<string, string>} [own] values that take precedence
 * @returns {Record<string, string>}
 */
export function childEnvironment(env, settings, own = {}) {
  const wanted = new Set(settings);
  const isWanted = (/** @type {string} */ name) => wanted.has(name) || PLATFORM.has(name.toUpperCase()) || name.startsWith('LC_');
  /** @type {Record<string, string>} */
  const given = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined && isWanted(name)) given[name] = value;
  return { ...given, ...own };
}
