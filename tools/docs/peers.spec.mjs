// @ts-check
import { generateOpenApi } from './openapi.mjs';
import { peerApis, writePeerPages } from './peers.mjs';

const APIS = Object.entries(await peerApis());
const form = (/** @type {string} */ path) => path.replace(/\{[^}]*\}/g, '{}');

describe('docs/migrate/calls-of-*.md', () => {
  it('match the tables', async () => {
    expect(await writePeerPages({ check: true })).toBe(true);
  });

  it.each(APIS)('name only existing routes of ours for %s', async (_peer, { routes, pages }) => {
    const { paths } = await generateOpenApi();
    const served = new Set(
      Object.entries(paths).flatMap(([path, operations]) =>
        Object.keys(operations ?? {}).map(verb => `${verb.toUpperCase()} ${form(path)}`)
      )
    );
    const named = routes.flatMap(({ ours }) => ours).filter(one => /^[A-Z]+ \//.test(one));
    expect(named.filter(one => !served.has(form(one)))).toEqual([]);
    expect(named.length).toBeGreaterThan(60);
    expect(routes.filter(({ page }) => pages[page] === undefined)).toEqual([]);
  });
});
