#!/usr/bin/env node
// @ts-check
// The permissions of each process on NATS: one table, from which deploy/nats/users.conf and the configuration of `npm start` are generated.
//   node tools/nats/role.permissions.mjs                      writes deploy/nats/users.conf
//   node tools/nats/role.permissions.mjs --services FILE      with a user for each service in FILE (docs/security.md)
//   node tools/nats/role.permissions.mjs --print [--services FILE]   to standard output
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { COMMON_SERVICE, parseServices } from './services.codec.mjs';

/** @typedef {'admin' | 'connector' | 'edge' | 'service'} Role */
/** @typedef {import('./services.codec.mjs').Service} Service */
/** `denied` takes precedence over `publish`. @typedef {{ publish: string[], denied?: string[], subscribe: string[] }} Permissions */

/** @type {readonly Role[]} */
export const ROLES = ['admin', 'connector', 'edge', 'service'];

const EVENTS = 'WABUS_EVENTS';
const REGISTRY = 'KV_WABUS_REGISTRY';
const OWNERSHIP = 'KV_WABUS_OWNERSHIP';
const TOKENS = 'KV_WABUS_TOKENS';
const WEBHOOKS = 'KV_WABUS_WEBHOOKS';
const SUBSCRIPTIONS = 'KV_WABUS_SUBSCRIPTIONS';
const MODELS = 'KV_WABUS_MODELS';
const MEDIA = 'OBJ_WABUS_MEDIA';
const PARTS = 'OBJ_WABUS_EVENT_PARTS';
const LEADER_ELECTED = `$JS.EVENT.ADVISORY.STREAM.LEADER_ELECTED.${EVENTS}`;

/** Returns the subject of a user's inbox for replies. No user may subscribe to the inbox of another. @param {string} user */
export const inboxOf = user => (user === COMMON_SERVICE.name ? '_INBOX.>' : `_INBOX_${user}.>`);

/**
 * Permits reading a stream's state and its messages one by one.
 * @param {string} stream
 */
const looksAt = stream => [
  `$JS.API.STREAM.INFO.${stream}`,
  `$JS.API.STREAM.MSG.GET.${stream}`,
  `$JS.API.DIRECT.GET.${stream}`,
  `$JS.API.DIRECT.GET.${stream}.>`
];

/**
 * Permits following a stream through consumers that the server names and removes automatically. Nobody may list, inspect, pull from,
 * acknowledge or delete them.
 * Only for the buckets of our own processes: a request without a consumer name in its subject takes the name from its body, and changes the
 * consumer with that name, regardless of who created it.
 * @param {string} stream
 */
const follows = stream => [...looksAt(stream), `$JS.API.CONSUMER.CREATE.${stream}`, `$JS.FC.${stream}.>`];

/**
 * Permits everything for one consumer of the event stream; the name is the last token that NATS checks.
 * @param {string} consumer a name, or `*`
 */
const handles = consumer => [
  `$JS.API.CONSUMER.CREATE.${EVENTS}.${consumer}`,
  ...changes(consumer),
  `$JS.API.CONSUMER.INFO.${EVENTS}.${consumer}`,
  `$JS.API.CONSUMER.DELETE.${EVENTS}.${consumer}`,
  `$JS.API.CONSUMER.MSG.NEXT.${EVENTS}.${consumer}`,
  `$JS.ACK.${EVENTS}.${consumer}.>`
];

/** @param {string} consumer */
const changes = consumer => [
  `$JS.API.CONSUMER.CREATE.${EVENTS}.${consumer}.>`,
  `$JS.API.CONSUMER.DURABLE.CREATE.${EVENTS}.${consumer}`,
  `$JS.API.CONSUMER.PAUSE.${EVENTS}.${consumer}`,
  `$JS.API.CONSUMER.UNPIN.${EVENTS}.${consumer}`,
  `$JS.API.CONSUMER.RESET.${EVENTS}.${consumer}`,
  `$JS.FC.${EVENTS}.${consumer}.>`
];

/**
 * Permits creating a stream that does not exist yet. Changing an existing one requires `admin`: a user who can change a stream can fill it from
 * any other stream.
 * @param {string} stream
 */
const makes = stream => `$JS.API.STREAM.CREATE.${stream}`;

/** Permits moving files in either direction: write, read, and remove incomplete ones. */
const MOVES_MEDIA = [
  '$O.WABUS_MEDIA.>',
  makes(MEDIA),
  `$JS.API.STREAM.INFO.${MEDIA}`,
  `$JS.API.STREAM.MSG.GET.${MEDIA}`,
  `$JS.API.STREAM.PURGE.${MEDIA}`,
  `$JS.API.DIRECT.GET.${MEDIA}`,
  `$JS.API.DIRECT.GET.${MEDIA}.>`
];

/** Permits reading parts of events, and removing them with their session or their events. */
const READS_PARTS = [...looksAt(PARTS), `$JS.API.STREAM.PURGE.${PARTS}`];

/**
 * Returns the permissions of each process. Edges create consumers of any name except those of services; connectors create none on the event
 * stream.
 * @param {readonly Service[]} services
 * @returns {Record<'connector' | 'edge', Permissions>}
 */
function processPermissions(services) {
  return {
    connector: {
      publish: [
        'wa.evt.>',
        'wa.presence.*',
        // Deletes the events of a deleted session.
        `$JS.API.STREAM.PURGE.${EVENTS}`,
        '$KV.WABUS_REGISTRY.>',
        '$KV.WABUS_OWNERSHIP.>',
        '$JS.API.INFO',
        ...MOVES_MEDIA,
        '$O.WABUS_EVENT_PARTS.>',
        makes(PARTS),
        ...READS_PARTS,
        makes(EVENTS),
        ...looksAt(EVENTS),
        ...[REGISTRY, OWNERSHIP].flatMap(stream => [makes(stream), ...follows(stream)]),
        // Replies to commands, and to other connectors.
        ...['connector', 'edge', ...services.map(({ name }) => name)].map(inboxOf)
      ],
      subscribe: ['wa.cmd.>', 'wa.transfer.>', 'wa.presence.*', inboxOf('connector')]
    },
    edge: {
      publish: [
        'wa.cmd.>',
        'wa.transfer.>',
        // Reports that the owner of a session is gone, because no other process can report it.
        'wa.evt.*.session.status',
        // Reads which connectors are alive, and nothing else in this bucket.
        `$JS.API.DIRECT.GET.${OWNERSHIP}.$KV.WABUS_OWNERSHIP.node.*`,
        // Writes the desired state of sessions. Their status is written by their owners.
        '$KV.WABUS_REGISTRY.session.*',
        '$KV.WABUS_TOKENS.>',
        '$KV.WABUS_WEBHOOKS.>',
        '$KV.WABUS_SUBSCRIPTIONS.>',
        '$KV.WABUS_MODELS.>',
        '$JS.API.INFO',
        ...MOVES_MEDIA,
        ...READS_PARTS,
        ...looksAt(EVENTS),
        ...handles('*').filter(subject => !changes('*').includes(subject)),
        ...follows(REGISTRY),
        ...[TOKENS, WEBHOOKS, SUBSCRIPTIONS, MODELS].flatMap(stream => [makes(stream), ...follows(stream)])
      ],
      denied: services
        .flatMap(({ consumers }) => consumers)
        .flatMap(consumer => handles(consumer).filter(subject => !changes(consumer).includes(subject))),
      // The live feed checks its stream when the stream has a new leader.
      subscribe: ['wa.live.>', LEADER_ELECTED, inboxOf('edge')]
    }
  };
}

/**
 * Returns the permissions of a service: it reads events through consumers with its own names only, and sends commands to its sessions. A
 * service that reads only some sessions may only create consumers with a filter on one of them: the filter is then in the subject, and the
 * server compares it with the request.
 * @param {Service} service
 * @returns {Permissions}
 */
function servicePermissions({ name, consumers, read, command }) {
  const commands = command === '*' ? ['wa.cmd.>'] : command.map(session => `wa.cmd.${session}.>`);
  const common = ['$JS.API.INFO', '$JS.API.STREAM.NAMES', ...commands];
  if (read === '*') {
    return {
      publish: [...common, ...looksAt(EVENTS), ...consumers.flatMap(handles)],
      subscribe: ['wa.evt.>', 'wa.live.>', LEADER_ELECTED, inboxOf(name)]
    };
  }
  const makesAny = (/** @type {string} */ subject) => /\.CONSUMER\.(DURABLE\.)?CREATE\./.test(subject);
  return {
    publish: [
      ...common,
      ...read.map(session => `$JS.API.DIRECT.GET.${EVENTS}.wa.evt.${session}.>`),
      ...consumers.flatMap(consumer => [
        ...read.map(session => `$JS.API.CONSUMER.CREATE.${EVENTS}.${consumer}.wa.evt.${session}.>`),
        ...handles(consumer).filter(subject => !makesAny(subject))
      ])
    ],
    subscribe: [...read.flatMap(session => [`wa.evt.${session}.>`, `wa.live.${session}.>`]), inboxOf(name)]
  };
}

/**
 * Returns the permissions of every user except `admin`.
 * @param {readonly Service[]} [listed] services with a separate user
 * @returns {Map<string, Permissions>}
 */
export function permissionsOf(listed = []) {
  const services = [...listed, COMMON_SERVICE];
  return new Map([
    ...Object.entries(processPermissions(services)),
    ...services.map(service => /** @type {const} */ ([service.name, servicePermissions(service)]))
  ]);
}

/** Returns the name of the variable that contains a user's password. @param {string} user */
export const passwordVariable = user => `WABUS_NATS_${user.toUpperCase().replaceAll('-', '_')}_PASSWORD`;

/**
 * Returns the `authorization` section of a nats-server configuration.
 * @param {(user: string) => string} passwordOf a user's password in nats-server syntax: a quoted text, or `$NAME` for a variable of its
 * environment
 * @param {readonly Service[]} [services] services with a separate user
 */
export function authorization(passwordOf, services = []) {
  const list = (/** @type {string[]} */ subjects) =>
    `[${subjects.map(subject => `\n          ${JSON.stringify(subject)}`).join('')}\n        ]`;
  const users = [...permissionsOf(services)].map(([user, { publish, denied = [], subscribe }]) => {
    const deny = denied.length > 0 ? `\n          deny: ${list(denied)}` : '';
    return `    {
      user: ${user}
      password: ${passwordOf(user)}
      permissions: {
        publish: { allow: ${list(publish)}${deny} }
        subscribe: { allow: ${list(subscribe)} }
      }
    }`;
  });
  return `authorization {\n  users: [\n    { user: admin, password: ${passwordOf('admin')} }\n${users.join('\n')}\n  ]\n}\n`;
}

/** Returns the contents of deploy/nats/users.conf. @param {readonly Service[]} [services] services with a separate user */
export function usersFile(services = []) {
  return `# Generated by tools/nats/role.permissions.mjs: what each user may do on NATS. docs/security.md says why.
# Passwords come from the environment of nats-server.
${authorization(user => `$${passwordVariable(user)}`, services)}`;
}

export const USERS_FILE = fileURLToPath(new URL('../../deploy/nats/users.conf', import.meta.url));

/**
 * Reads the services in a file.
 * @param {string} file
 * @throws {Error} with a message of one line
 */
export function readServices(file) {
  return parseServices(readFileSync(file, 'utf8'), file);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { values } = parseArgs({ options: { services: { type: 'string' }, print: { type: 'boolean', default: false } } });
    const services = values.services === undefined ? [] : readServices(values.services);
    if (values.print) process.stdout.write(usersFile(services));
    else {
      writeFileSync(USERS_FILE, usersFile(services));
      for (const { name } of services) console.log(`${name}: its password is read from ${passwordVariable(name)}`);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
