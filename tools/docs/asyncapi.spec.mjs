// @ts-check
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { generateDocument, readExamples, writeDocument } from './asyncapi.mjs';

const require = createRequire(import.meta.url);
const { Ajv } = await import('ajv');

/** Returns every `$ref` in a value. @param {unknown} value @returns {string[]} */
function references(value) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === '$ref' && typeof item === 'string' ? [item] : references(item)));
}

/** Returns the target of a local reference. @param {unknown} document @param {string} reference */
function resolve(document, reference) {
  // Only `/` separates steps; a name may contain dots.
  return reference
    .slice(2)
    .split('/')
    .reduce((value, step) => /** @type {any} */ (value)?.[step], document);
}

describe('docs/protocol/asyncapi.json', () => {
  it('matches the catalogs', async () => {
    expect(await writeDocument({ check: true })).toBe(true);
  });

  it('is valid according to the official AsyncAPI schema', async () => {
    const schema = require('@asyncapi/specs/schemas/3.0.0-without-$id.json');
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    const validate = ajv.compile(schema);
    validate(await generateDocument());
    expect(validate.errors ?? []).toEqual([]);
  });

  it('contains everything that it refers to', async () => {
    const document = await generateDocument();
    const all = [...new Set(references(document))];
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(reference => !reference.startsWith('#/') || resolve(document, reference) === undefined)).toEqual([]);
  });

  it('has a channel for each command that owners of sessions serve', async () => {
    const { COMMAND_CATALOG } = await import(pathToFileURL(join(ROOT, 'libs/contracts/dist/index.js')).href);
    const { channels } = await generateDocument();
    const addresses = Object.values(channels).flatMap(({ address }) => /^wa\.cmd\.\{session\}\.(\w+)$/.exec(address ?? '')?.[1] ?? []);
    const served = Object.entries(COMMAND_CATALOG).flatMap(([name, { target }]) => (target === 'registry' ? [] : [name]));
    expect(addresses.sort()).toEqual(served.sort());
  });

  it('is invalid when damaged, so the check above can fail', async () => {
    const schema = require('@asyncapi/specs/schemas/3.0.0-without-$id.json');
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    const document = await generateDocument();
    expect(validate({ ...document, operations: { broken: { action: 'shout', channel: { $ref: '#/channels/gateway' } } } })).toBe(false);
  });
});

describe('docs/protocol/examples', () => {
  const examples = Object.entries(readExamples());

  it('has an example of every event that can happen', async () => {
    const { components, channels } = await generateDocument();
    const events = Object.keys(channels).flatMap(name => (name.startsWith('event.') ? [name.slice('event.'.length)] : []));
    // Baileys declares this event but never emits it.
    expect(events.filter(event => !examples.some(([name]) => name === event))).toEqual(['blocklist.set']);
    expect(components.messages['messages.upsert'].examples).toHaveLength(1);
  });

  it.each(examples)('%s is an envelope of its event as documented', async (name, example) => {
    const { components } = await generateDocument();
    const validate = new Ajv({ strict: false, validateFormats: false }).compile({ ...components.schemas.EventEnvelope, components });
    validate(example);
    expect(validate.errors ?? []).toEqual([]);
    expect(example.event).toBe(name);
    expect(JSON.stringify(example)).not.toMatch(/messageSecret|appStateSyncKeyShare|senderKeyDistributionMessage|noiseKey/);
  });
});
