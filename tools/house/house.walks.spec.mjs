// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWalks, walkFaults } from './house.walks.mjs';

const PAGE = `# Page

1. \`src/no.ts#frame\`

## Frames

### A walk

1. \`src/a.ts#Reader.read\`
2. \`src/a.ts#parse\`
3. \`src/b.ts#store\` over NATS

### Another

Text.

1. \`src/b.ts#store\`
`;
/** @typedef {import('./house.walks.mjs').Frame} Frame */
/** @type {string} */
let root;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'wabus-walks-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(
    join(root, 'src/a.ts'),
    'class Reader {\n  read() {\n    return parse(1);\n  }\n}\nfunction parse(n: number) {\n  return n;\n}\n'
  );
  writeFileSync(join(root, 'src/b.ts'), 'export const store = () => 1;\n');
});
afterAll(() => rmSync(root, { recursive: true }));

const ENOUGH = { frames: 3, files: 2 };
const walk = () => /** @type {[Frame, Frame, Frame]} */ (readWalks(PAGE).get('A walk'));

describe('the walks through the code base', () => {
  it('are parsed from a page', () => {
    expect([...readWalks(PAGE).keys()]).toEqual(['A walk', 'Another']);
    expect(walk()).toEqual([
      { file: 'src/a.ts', name: 'Reader.read', isHandedOn: false },
      { file: 'src/a.ts', name: 'parse', isHandedOn: false },
      { file: 'src/b.ts', name: 'store', isHandedOn: true }
    ]);
  });

  it('pass if each frame calls the next', () => expect(walkFaults(root, walk(), ENOUGH)).toEqual([]));

  it('fail if a frame is missing', () => {
    const [first, , last] = walk();
    expect(walkFaults(root, [{ ...first, name: 'Reader.write' }, last], ENOUGH)).toEqual(['src/a.ts has no Reader.write']);
    expect(walkFaults(root, [{ ...first, file: 'src/c.ts' }], ENOUGH)).toEqual(['src/c.ts has no Reader.read']);
  });

  it('fail if a frame does not call the next', () => {
    const [first, second, last] = walk();
    expect(walkFaults(root, [second, first], ENOUGH)).toEqual(['parse of src/a.ts does not call read']);
    expect(walkFaults(root, [first, { ...last, isHandedOn: false }], ENOUGH)).toEqual(['Reader.read of src/a.ts does not call store']);
  });

  it('fail above their limits', () => {
    expect(walkFaults(root, walk(), { frames: 2, files: 2 })).toEqual(['3 frames, at most 2']);
    expect(walkFaults(root, walk(), { frames: 3, files: 1 })).toEqual(['2 files, at most 1']);
  });
});
