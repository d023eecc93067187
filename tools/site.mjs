#!/usr/bin/env node
// @ts-check
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createHash } from 'node:crypto';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProjects } from './build.mjs';
import { installDependencies, ROOT } from './install.mjs';
import { runCommand } from './process/command.runner.mjs';
import { deadLinks, withoutInlineScripts } from './site/html.codec.mjs';
import { findSitePackages } from './site/site.packages.mjs';
import { writePages } from './site/site.pages.mjs';
import { readOptions } from './terminal/options.reader.mjs';
import { Progress } from './terminal/progress.mjs';

const USAGE = `npm run docs:site -- [options]
Builds the documentation as a static site and checks its links.

  --base PATH    path below which the site is served (default /)
  --out FOLDER   folder for the site (default dist/site)
  --help         this text`;
const TYPEDOC = join(ROOT, 'node_modules', 'typedoc', 'bin', 'typedoc');
const progress = new Progress();

/**
 * @param {{ base: string, out: string }} options
 * @throws {Error} with the generator's messages or the broken links
 */
async function buildSite({ base, out }) {
  await installDependencies(progress);
  await buildProjects(progress);
  const packages = process.env['WABUS_TEST_SITE'] || (await findSitePackages(process.env, detail => progress.line(detail)));
  const staging = mkdtempSync(join(tmpdir(), 'wabus-site-'));
  try {
    const step = progress.step('the site');
    await generate(staging, packages, { base, out });
    const dead = finish(out, base);
    if (dead.length > 0) {
      step.fail('the site has broken links');
      throw new Error(dead.slice(0, 50).join('\n'));
    }
    step.done(`the site is in ${relative(process.cwd(), out) || out}`);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * @param {string} staging
 * @param {string} packages
 * @param {{ base: string, out: string }} options
 */
async function generate(staging, packages, { base, out }) {
  const { menu, version } = await writePages(staging);
  const theme = join(staging, '.vitepress', 'theme');
  mkdirSync(theme, { recursive: true });
  copyFileSync(join(ROOT, 'tools', 'site', 'site.config.mjs'), join(staging, '.vitepress', 'config.mjs'));
  copyFileSync(join(ROOT, 'tools', 'site', 'theme.entry.js'), join(theme, 'index.js'));
  copyFileSync(join(packages, 'node_modules', 'mermaid', 'dist', 'mermaid.min.js'), join(staging, 'public', 'mermaid.min.js'));
  const anchors = pathToFileURL(join(ROOT, 'tools', 'docs', 'markdown.codec.mjs')).href;
  writeFileSync(join(staging, '.vitepress', 'site.json'), JSON.stringify({ base, outDir: out, version, menu, anchors }));
  writeFileSync(join(staging, 'package.json'), '{"private":true,"type":"module"}\n');
  symlinkSync(join(packages, 'node_modules'), join(staging, 'node_modules'));
  rmSync(out, { recursive: true, force: true });
  const reference = join(staging, 'sdk');
  const [pages, sdk] = await Promise.all([
    runCommand(process.execPath, [join(packages, 'node_modules', 'vitepress', 'bin', 'vitepress.js'), 'build', staging], {
      cwd: staging,
      env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' }
    }),
    runCommand(process.execPath, [TYPEDOC, '--options', join('libs', 'sdk', 'typedoc.json'), '--skipErrorChecking', '--out', reference], {
      cwd: ROOT
    })
  ]);
  for (const { code, stdout, stderr, error } of [pages, sdk])
    if (code !== 0) throw new Error(error ?? `${stdout}${stderr}`.trim().slice(-8_000));
  cpSync(reference, join(out, 'sdk'), { recursive: true });
}

/**
 * Moves scripts out of the pages and checks all links.
 * @param {string} out
 * @param {string} base
 */
function finish(out, base) {
  /** @type {Map<string, string | null>} */
  const files = new Map();
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(out, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
    files.set(path, path.endsWith('.html') ? readFileSync(join(out, path), 'utf8') : null);
  }
  for (const [path, html] of [...files]) {
    if (html === null) continue;
    const changed = withoutInlineScripts(html, code => {
      const name = `assets/inline.${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
      if (!files.has(name)) writeFileSync(join(out, name), code);
      files.set(name, null);
      return `${base}${name}`;
    });
    if (changed === html) continue;
    files.set(path, changed);
    writeFileSync(join(out, path), changed);
  }
  return deadLinks(files, base);
}

const { values } = readOptions(USAGE, {
  base: { type: 'string', default: '/' },
  out: { type: 'string', default: join(ROOT, 'dist', 'site') }
});
const base = `/${values.base.replace(/^\/|\/$/g, '')}/`.replace('//', '/');
await buildSite({ base, out: resolve(values.out) }).catch(error => {
  console.error(`✗ ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
