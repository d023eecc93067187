import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import preset from './jest.preset.mjs';
import tools from './tools/jest.config.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

/** A guard against hanging, not a measure of speed: Jest's 5 s are too few where other programs keep the cores busy. */
const testTimeout = 30_000;

/** Every project with sources: libs and apps by folder, and the tools. A new folder takes part by itself. */
const projects = ['libs', 'apps'].flatMap(group =>
  readdirSync(root + group)
    .filter(name => existsSync(`${root}${group}/${name}/src`))
    .map(name => ({ ...preset, displayName: name, rootDir: `${root}${group}/${name}` }))
);

export default { testTimeout, projects: [...projects, { ...tools, rootDir: `${root}tools` }] };
