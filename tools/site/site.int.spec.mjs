// @ts-check
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { runCommand } from '../process/command.runner.mjs';
import { releaseOf } from '../release/version.places.mjs';

const SITE = process.env['WABUS_TEST_SITE'];
/** A page must contain no inline script and load nothing from another host. */
const SELF_CONTAINED = [/<script(?![^>]*\ssrc=)[^>]*>[^<]/, /<(script|link|img)[^>]*\s(src|href)="(https?:)?\/\//];

describe('the site', () => {
  /** @type {string} */
  let folder;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wabus-site-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (/** @type {string} */ file) => readFileSync(join(folder, file), 'utf8');

  (SITE ? it : it.skip)(
    'builds below a path, without dead links or warnings',
    async () => {
      const { code, stderr } = await runCommand(process.execPath, [join(ROOT, 'tools', 'site.mjs'), '--base', 'wabus', '--out', folder], {
        cwd: ROOT,
        env: { ...process.env, NODE_OPTIONS: '' }
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

      // The diagram is readable without scripts, and links to sources lead to the repository.
      const contents = [
        ['index.html', 'href="/wabus/docs/architecture.html"'],
        ['index.html', `Version ${releaseOf(ROOT)}`],
        ['docs/architecture.html', '<pre class="mermaid">flowchart'],
        ['CHANGELOG.html', `https://github.com/wabus/wabus/blob/v${releaseOf(ROOT)}/THIRD_PARTY_NOTICES.txt`],
        ['asyncapi.html', 'wa.evt.{session}.messages.upsert'],
        ['sdk/index.html', 'WabusClient'],
        ['docs/commands.html', '<link rel="icon" type="image/svg+xml" href="/wabus/icon.svg">']
      ];
      expect(contents.filter(([page = '', text = '']) => !read(page).includes(text))).toEqual([]);
      for (const file of ['mermaid.min.js', 'icon.svg', 'openapi/swagger-ui-bundle.js']) expect(existsSync(join(folder, file))).toBe(true);
      expect(JSON.parse(read('openapi.json')).info.version).toBe(releaseOf(ROOT));
      expect(read('asyncapi.html')).toContain('wa.evt.{session}.messages.upsert');
      expect(read('sdk/index.html')).toContain('WabusClient');
      expect(read('docs/commands.html')).not.toContain('do not edit');
      // The search index, with the texts of the pages.
      const index = readdirSync(join(folder, 'assets', 'chunks')).find(name => name.includes('localSearchIndex')) ?? '';
      expect(read(join('assets', 'chunks', index)).includes('durable')).toBe(true);
      for (const page of ['index.html', 'docs/architecture.html', 'openapi/index.html', 'sdk/index.html'])
        for (const foreign of SELF_CONTAINED) expect([page, foreign.exec(read(page))?.[0]]).toEqual([page, undefined]);
    },
    150_000
  );

  // Without the generator, only the part that does not need it is tested.
  (SITE ? it.skip : it)(
    'has a reference of the SDK without warnings',
    async () => {
      const typedoc = join(ROOT, 'node_modules', 'typedoc', 'bin', 'typedoc');
      const args = [typedoc, '--options', join('libs', 'sdk', 'typedoc.json'), '--emit', 'none', '--skipErrorChecking'];
      const { stdout, stderr } = await runCommand(process.execPath, args, { cwd: ROOT });
      expect(`${stdout}${stderr}`).not.toMatch(/\[(warning|error)\]/);
    },
    120_000
  );
});
