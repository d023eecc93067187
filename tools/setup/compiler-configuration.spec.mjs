import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../install.mjs';
import { specFiles } from '../test/spec-file.search.mjs';
import { builtProjects } from './source-stamp.mjs';

/** Parses a configuration with the compiler. */
function parse(path) {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: fault => {
      throw new Error(ts.flattenDiagnosticMessageText(fault.messageText, '\n'));
    }
  };
  const { options, fileNames, projectReferences = [] } = ts.getParsedCommandLineOfConfigFile(join(ROOT, path), {}, host);
  return { options, files: fileNames.map(file => file.slice(ROOT.length).replace(/^\//, '')), references: projectReferences };
}

const checked = parse('tsconfig.json')
  .references.map(({ path }) => path.slice(ROOT.length).replace(/^\//, ''))
  .filter(path => path.endsWith('tsconfig.spec.json'));

describe('the compiler configuration', () => {
  it.each(builtProjects(ROOT))('builds %s without tests', project => {
    const { options, files } = parse(`${project}/tsconfig.json`);
    expect(options.types).not.toContain('jest');
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(file => /\.(spec|conformance)\.tsx?$/.test(file))).toEqual([]);
    if (project !== 'apps/e2e') expect(files.filter(file => /\.fixture\.tsx?$/.test(file))).toEqual([]);
  });

  it('checks every TypeScript test', () => {
    const files = checked.flatMap(path => parse(path).files);
    expect(specFiles(ROOT).filter(file => file.endsWith('.ts') && !files.includes(file))).toEqual([]);
  });

  it.each(checked)('writes no files for %s', path => {
    expect(parse(path).options).toMatchObject({ noEmit: true, types: expect.arrayContaining(['jest']) });
  });
});
