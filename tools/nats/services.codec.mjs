// @ts-check
// The list of services that have a separate user on NATS, which an operator writes.

/**
 * One service. `consumers` are the names that only its consumers may have. `read` and `command` are session ids, or `*` for all.
 * @typedef {{ name: string, consumers: string[], read: '*' | string[], command: '*' | string[] }} Service
 */

const NAME = /^[a-z][a-z0-9_-]{0,31}$/;
const CONSUMER = /^[A-Za-z0-9_-]{1,64}$/;
const SESSION = /^[A-Za-z0-9_-]{1,64}$/;
const FIELDS = ['consumers', 'read', 'command'];
const ROLES = ['admin', 'connector', 'edge', 'service'];
/** The prefixes of the consumers of edges. */
const RESERVED = /^(group|reader)_/;
const WORKING_NAMES = 8;

/** The user for services that are not listed. It reads every event, and all who have its password share its consumers. */
export const COMMON_SERVICE = /** @type {Service} */ ({
  name: 'service',
  consumers: ['service', ...Array.from({ length: WORKING_NAMES }, (_, index) => `service_${index + 1}`)],
  read: '*',
  command: []
});

/**
 * Parses a list such as `{"invoicing": {"consumers": ["invoicing"], "read": ["sales"], "command": ["sales"]}}`. Defaults: `consumers` is the
 * service's own name, `read` is `"*"`, and `command` is empty.
 * @param {string} text JSON
 * @param {string} source its name in error messages
 * @returns {Service[]}
 * @throws {Error} with a message of one line that names the service and the field
 */
export function parseServices(text, source) {
  const services = Object.entries(objectIn(text, source)).map(([name, value]) => parseService(name, value, source));
  const taken = new Map(COMMON_SERVICE.consumers.map(consumer => [consumer, COMMON_SERVICE.name]));
  const variables = new Map();
  for (const { name, consumers } of services) {
    for (const consumer of consumers) {
      if (taken.has(consumer)) throw new Error(`${source}: ${name}: the consumer ${consumer} already belongs to ${taken.get(consumer)}`);
      taken.set(consumer, name);
    }
    const variable = name.replaceAll('-', '_');
    if (variables.has(variable)) throw new Error(`${source}: ${name} and ${variables.get(variable)} would share one password variable`);
    variables.set(variable, name);
  }
  return services;
}

/**
 * @param {string} text
 * @param {string} source
 * @returns {Record<string, unknown>}
 */
function objectIn(text, source) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${source} is not JSON: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${source} must be an object of services by name`);
  return value;
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {string} source
 * @returns {Service}
 */
function parseService(name, value, source) {
  const at = `${source}: ${name}`;
  if (!NAME.test(name)) throw new Error(`${at}: a name must be 1 to 32 characters from a-z, 0-9, _ and -, and begin with a letter`);
  if (ROLES.includes(name)) throw new Error(`${at} is an existing user`);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${at} must be an object with ${FIELDS.join(', ')}`);
  const unknown = Object.keys(value).find(field => !FIELDS.includes(field));
  if (unknown !== undefined) throw new Error(`${at}: ${unknown} is not one of ${FIELDS.join(', ')}`);
  const { consumers = [name], read = '*', command = [] } = /** @type {Record<string, unknown>} */ (value);
  const names = listOf(consumers, CONSUMER, `${at}: consumers`);
  const reserved = names.find(consumer => RESERVED.test(consumer));
  if (reserved !== undefined)
    throw new Error(`${at}: consumers: ${reserved} begins with a prefix that is reserved for edges (group_, reader_)`);
  return { name, consumers: names, read: sessionsOf(read, `${at}: read`), command: sessionsOf(command, `${at}: command`) };
}

/**
 * @param {unknown} value
 * @param {string} at
 */
function sessionsOf(value, at) {
  return value === '*' ? /** @type {const} */ ('*') : listOf(value, SESSION, `${at} must be "*" or`);
}

/**
 * @param {unknown} value
 * @param {RegExp} pattern
 * @param {string} at
 * @returns {string[]}
 */
function listOf(value, pattern, at) {
  if (!Array.isArray(value) || !value.every(item => typeof item === 'string' && pattern.test(item)))
    throw new Error(`${at} a list of names of 1 to 64 characters from A-Z, a-z, 0-9, _ and -`);
  return [...new Set(value)];
}
