import { encodeJsonRecord, NOTHING_SAID } from '@wabus/contracts';
import { EdgeReports } from './edge-reports.state.js';

const said = (startedAt: string, version: string): Uint8Array => encodeJsonRecord({ startedAt, version });

describe('which edges run', () => {
  it('is in the order of their starts, the one that answers marked', () => {
    const reports = new EdgeReports();
    reports.apply('b', said('2026-01-02T00:00:00.000Z', '0.3.0'), true);
    reports.apply('a', said('2026-01-01T00:00:00.000Z', '0.2.0'), false);
    expect(reports.list().map(({ id, version, answering }) => [id, version, answering])).toEqual([
      ['a', '0.2.0', false],
      ['b', '0.3.0', true]
    ]);
  });

  it('has one of an older release, of which it knows nothing', () => {
    const reports = new EdgeReports();
    reports.apply('a', encodeJsonRecord({ at: '2026-01-01T00:00:00.000Z' }), false);
    expect(reports.list()).toEqual([{ ...NOTHING_SAID, id: 'a', answering: false }]);
  });

  it('has none whose lease was removed', () => {
    const reports = new EdgeReports();
    reports.apply('a', said('2026-01-01T00:00:00.000Z', '0.3.0'), false);
    reports.apply('a', null, false);
    expect(reports.list()).toEqual([]);
  });
});
