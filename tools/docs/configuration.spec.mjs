// @ts-check
import { writeConfigurationPage } from './configuration.mjs';
import { configurationPage } from './configuration.page.mjs';

describe('docs/configuration.md', () => {
  it('matches the config classes', async () => {
    expect(await writeConfigurationPage({ check: true })).toBe(true);
  });

  it('states default, unit, limits and secrecy of each variable', () => {
    const page = configurationPage([
      {
        title: 'Sample',
        rows: [
          { env: 'T_PORT', kind: 'number', description: 'Port.', default: '80', required: false, secret: false, allowed: 'at least 0' },
          { env: 'T_WAIT_MS', kind: 'number', description: 'Wait.', default: '5', required: false, secret: false, unit: 'ms' },
          { env: 'T_LIMIT', kind: 'number', description: 'Limit.', required: false, secret: false, unit: 'bytes' },
          { env: 'T_TOKEN', kind: 'text', description: 'What a | b show.', required: true, secret: true }
        ]
      }
    ]);
    expect(page.slice(page.indexOf('## Sample'))).toBe(`## Sample

### T_PORT

Port.

Default \`80\` · at least 0

### T_WAIT_MS

Wait.

Default \`5\` ms

### T_LIMIT

Limit.

No default · in bytes

### T_TOKEN

What a | b show.

**Required** · secret
`);
  });
});
