// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { codeOf } from './markdown.codec.mjs';
import { generateOpenApi } from './openapi.mjs';

const FOLDER = join(ROOT, 'docs', 'migrate');
const { COMMAND_CATALOG, isEventName } = await import(pathToFileURL(join(ROOT, 'libs/contracts/dist/index.js')).href);
const { paths } = await generateOpenApi();

/** Replaces the parameter names, because they may differ. @param {string} path */
const form = path => path.replace(/\{[^}]*\}/g, '{}');
const ROUTES = new Set(
  Object.entries(paths).flatMap(([path, operations]) => Object.keys(operations ?? {}).map(verb => `${verb.toUpperCase()} ${form(path)}`))
);

/** Whether a name on the right side of a mapping exists. @param {string} name */
const exists = name =>
  isEventName(name) || Object.hasOwn(COMMAND_CATALOG, name) || ROUTES.has(form(name.replace('…', '/api/sessions/{session}')));

/**
 * Returns the mappings of a page: list items such as "- `theirs` → `ours`."
 * @param {string} page
 * @returns {{ theirs: string[], ours: string[] }[]}
 */
function mappingsOf(page) {
  return [...page.matchAll(/^- (.+) → (.+)$/gm)].map(([, theirs = '', ours = '']) => ({ theirs: codeOf(theirs), ours: codeOf(ours) }));
}

/** Returns our names on a page that do not exist, and the number of all our names. @param {string} page */
function check(page) {
  const names = mappingsOf(page).flatMap(({ ours }) => ours);
  return { wrong: names.filter(name => !exists(name)), names: names.length };
}

describe('the pages about moving from other servers', () => {
  // The page about importing sessions has no mappings.
  it.each(readdirSync(FOLDER).filter(file => file.startsWith('from-')))('%s names only events, commands and routes that exist', file => {
    const { wrong, names } = check(readFileSync(join(FOLDER, file), 'utf8'));
    expect(wrong).toEqual([]);
    expect(names).toBeGreaterThan(40);
  });

  it('would fail with a wrong name', () => {
    const list = '- `x` → `messages.upsort`, `sendMassage`, `GET …/nothing`, `GET …/qr`.\n';
    expect(check(list)).toEqual({ wrong: ['messages.upsort', 'sendMassage', 'GET …/nothing'], names: 4 });
  });

  it('have an equivalent for every event of Evolution API and WAHA', () => {
    const theirs = (/** @type {string} */ file) => mappingsOf(readFileSync(join(FOLDER, file), 'utf8')).flatMap(mapping => mapping.theirs);
    expect(theirs('from-evolution-api.md')).toEqual(expect.arrayContaining(EVOLUTION));
    expect(theirs('from-waha.md')).toEqual(expect.arrayContaining(WAHA));
  });
});

/** Events of Evolution API 2.3.7 that concern WhatsApp. */
const EVOLUTION =
  `qrcode.updated connection.update status.instance logout.instance messages.set messages.upsert messages.edited messages.update messages.delete
send.message send.message.update contacts.set contacts.upsert contacts.update presence.update chats.set chats.upsert chats.update chats.delete groups.upsert groups.update
group-participants.update labels.edit labels.association call`.split(/\s+/);

/** Events of WAHA 2026. */
const WAHA =
  `session.status message message.any message.reaction message.ack message.ack.group message.waiting message.edited message.revoked chat.archive group.v2.join
group.v2.leave group.v2.participants group.v2.update presence.update poll.vote poll.vote.failed event.response event.response.failed label.upsert label.deleted label.chat.added
label.chat.deleted call.received call.accepted call.rejected engine.event`.split(/\s+/);
