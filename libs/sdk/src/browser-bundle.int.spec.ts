import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

describe('in a browser', () => {
  const entry = fileURLToPath(new URL('./index.ts', import.meta.url));

  test('the package does not need Node.js', async () => {
    const { metafile, outputFiles, warnings } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'browser',
      format: 'esm',
      minify: true
    });
    expect(warnings).toEqual([]);
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.some(input => input.includes('engine.io-client'))).toBe(true);
    expect(inputs.filter(input => /(^|\/)node\/|\/ws\/|xmlhttprequest-ssl/.test(input))).toEqual([]);
    const [bundle] = outputFiles;
    expect(bundle!.text).not.toMatch(/\bBuffer\.from\b|\bprocess\.(?!env)|\brequire\(/);
    // The size that a page has to load. A new dependency would exceed the limit.
    expect(bundle!.contents.length).toBeLessThan(110_000);
  });
});
