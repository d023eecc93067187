import { readFileSync } from 'node:fs';

const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')) as Record<string, unknown>;
const manifest = read('public/manifest.json');

test('asks for no more than a link takes, and can keep nothing', () => {
  expect(manifest).toMatchObject({
    manifest_version: 3,
    permissions: ['scripting', 'activeTab'],
    host_permissions: ['https://web.whatsapp.com/*'],
    optional_host_permissions: ['https://*/*', 'http://localhost/*', 'http://127.0.0.1/*']
  });
  for (const field of ['content_scripts', 'externally_connectable', 'optional_permissions', 'web_accessible_resources'])
    expect(manifest).not.toHaveProperty(field);
});

test('its pages run only what is in the package', () => {
  const { extension_pages: policy } = manifest['content_security_policy'] as { extension_pages: string };
  expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
});

test('its version is that of its package', () => {
  expect(manifest['version']).toBe(read('package.json')['version']);
});
