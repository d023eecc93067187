import { readFileSync } from 'node:fs';

const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')) as Record<string, unknown>;
const manifest = read('public/manifest.json');

test('requests only what a link needs, and no storage', () => {
  expect(manifest).toMatchObject({
    manifest_version: 3,
    permissions: ['scripting', 'activeTab'],
    host_permissions: ['https://web.whatsapp.com/*'],
    optional_host_permissions: ['https://*/*', 'http://localhost/*', 'http://127.0.0.1/*']
  });
  for (const field of ['content_scripts', 'externally_connectable', 'optional_permissions', 'web_accessible_resources'])
    expect(manifest).not.toHaveProperty(field);
});

test('its pages run only code from the package', () => {
  const { extension_pages: policy } = manifest['content_security_policy'] as { extension_pages: string };
  expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
});

test('has the same version as the package', () => {
  expect(manifest['version']).toBe(read('package.json')['version']);
});
