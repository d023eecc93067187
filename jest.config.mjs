import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import preset from './jest.preset.mjs';
import tools from './tools/jest.config.mjs';
import { projectFolders } from './tools/test/spec-file.search.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

/** A guard against hanging, not a measure of speed: Jest's 5 s are too few where other programs keep the cores busy. */
const testTimeout = 60_000;

/** Every project with sources: libs and apps by folder, and the tools. */
const projects = projectFolders(root).map(folder => ({ ...preset, displayName: basename(folder), rootDir: root + folder }));

export default { testTimeout, projects: [...projects, { ...tools, rootDir: `${root}tools` }] };
