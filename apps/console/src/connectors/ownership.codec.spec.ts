import type { OwnershipView } from '@wabus/contracts';
import { readOwnership } from './ownership.codec.js';

const process = { version: '0.3.0', startedAt: '2026-01-01T00:00:00.000Z', memoryBytes: 5, memoryLimitBytes: 9, cpu: 0.5 };

describe("an edge's response about connectors", () => {
  it('is shown unchanged', () => {
    const answer: OwnershipView = {
      connectors: [{ ...process, id: 'c1', state: 'ready', weight: 1, sessions: [] }],
      edges: [{ ...process, id: 'e', answering: true }],
      unowned: []
    };
    expect(readOwnership(answer)).toEqual(answer);
  });

  it('may come from an earlier release', () => {
    const unknown = { version: null, startedAt: null, memoryBytes: null, memoryLimitBytes: null, cpu: null, state: null, weight: null };
    expect(readOwnership({ connectors: [{ id: 'c1', sessions: [] }], unowned: [] })).toEqual({
      connectors: [{ ...unknown, id: 'c1', sessions: [] }],
      edges: [],
      unowned: []
    });
  });
});
