// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { writeCommandsPage } from './commands.mjs';

const page = readFileSync(join(ROOT, 'docs/commands.md'), 'utf8');

describe('docs/commands.md', () => {
  it('matches the catalog', async () => {
    expect(await writeCommandsPage({ check: true })).toBe(true);
  });

  it('has no line longer than 220 characters', () => {
    expect(page.split('\n').filter(line => line.length > 220)).toEqual([]);
  });

  it('has a section with all five parts for every command', async () => {
    const { COMMAND_CATALOG } = await import(pathToFileURL(join(ROOT, 'libs/contracts/dist/index.js')).href);
    const sections = new Map(page.split(/^### /m).map(section => [section.slice(0, section.indexOf('\n')), section]));
    const parts = ['**Arguments**', '**Reply**', '**Example**', 'socket.emit', '**Errors**'];
    const incomplete = Object.keys(COMMAND_CATALOG).filter(name => !parts.every(part => sections.get(name)?.includes(part)));
    expect(incomplete).toEqual([]);
  });

  it('shows requests that the command accepts', async () => {
    const { parseCommandArguments } = await import(pathToFileURL(join(ROOT, 'libs/contracts/dist/index.js')).href);
    const requests = [...page.matchAll(/^POST \/api\/sessions\/sales\/commands\/(\w+)\nContent-Type: .*\n\n(\{[\s\S]*?\})\n```/gm)];
    expect(requests.length).toBeGreaterThan(100);
    for (const [, method, body = ''] of requests) expect(() => parseCommandArguments(method, JSON.parse(body).args)).not.toThrow();
  });
});
