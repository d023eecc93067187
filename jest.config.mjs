import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import preset from './jest.preset.mjs';
import tools from './tools/jest.config.mjs';
import { projectFolders } from './tools/test/spec-file.search.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Stops tests that hang. It does not measure speed: Jest's default of 5 s is too short on a machine that runs other programs. */
const testTimeout = 60_000;

/** Every app, lib and client with sources. */
const projects = projectFolders(root).map(folder => ({ ...preset, displayName: basename(folder), rootDir: root + folder }));

export default { testTimeout, projects: [...projects, { ...tools, rootDir: `${root}tools` }] };
