// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { readExamples } from './asyncapi.mjs';
import { writeEventsPage } from './events.mjs';

const built = (/** @type {string} */ file) => import(pathToFileURL(join(ROOT, 'libs/contracts/dist', file)).href);

describe('docs/events.md', () => {
  it('matches the catalog', async () => {
    expect(await writeEventsPage({ check: true })).toBe(true);
  });

  it('has no line longer than 220 characters', () => {
    const lines = readFileSync(join(ROOT, 'docs/events.md'), 'utf8').split('\n');
    expect(lines.filter(line => line.length > 220)).toEqual([]);
  });

  it('names every field of an example of a Wabus event', async () => {
    const { EVENT_CATALOG } = await built('index.js');
    const { EVENT_FIELDS } = await built('docs/index.js');
    const missing = Object.entries(readExamples()).flatMap(([event, { data }]) =>
      EVENT_CATALOG[event].origin === 'wabus'
        ? Object.keys(/** @type {object} */ (data)).filter(field => !Object.hasOwn(EVENT_FIELDS[event], field))
        : []
    );
    expect(missing).toEqual([]);
  });
});
