import type { ConnectorView, EdgeView } from '@wabus/contracts';
import { versionGroups } from './versions.policy.js';

const said = { startedAt: null, memoryBytes: null, memoryLimitBytes: null, cpu: null };
const connector = (id: string, version: string | null, state: ConnectorView['state'] = 'ready'): ConnectorView => ({
  ...said,
  id,
  version,
  state,
  weight: 1,
  sessions: []
});
const edge = (version: string | null): EdgeView => ({ ...said, id: 'e', answering: false, version });

describe('the running releases', () => {
  it('are one if all processes run the same', () => {
    const view = { connectors: [connector('a', '0.3.0'), connector('b', '0.3.0')], edges: [edge('0.3.0')] };
    expect(versionGroups(view)).toEqual([{ version: '0.3.0', connectors: ['a', 'b'], edges: 1 }]);
  });

  it('are listed newest first, an unknown one last', () => {
    const view = { connectors: [connector('old', null), connector('a', '0.9.0')], edges: [edge('0.10.0'), edge('0.9.0')] };
    expect(versionGroups(view)).toEqual([
      { version: '0.10.0', connectors: [], edges: 1 },
      { version: '0.9.0', connectors: ['a'], edges: 1 },
      { version: null, connectors: ['old'], edges: 0 }
    ]);
  });

  it('list a prerelease after its release', () => {
    const edges = ['0.3.0-rc.2', '0.3.0', '0.2.9', '0.3.0-rc.10'].map(edge);
    expect(versionGroups({ connectors: [], edges }).map(({ version }) => version)).toEqual(['0.3.0', '0.3.0-rc.10', '0.3.0-rc.2', '0.2.9']);
  });

  it('do not include the release of a lost connector', () => {
    expect(versionGroups({ connectors: [connector('a', '0.2.0', 'lost')], edges: [edge('0.3.0')] })).toHaveLength(1);
  });
});
