import { encodeJsonRecord, NOTHING_REPORTED } from '@wabus/contracts';
import { EdgeReports } from './edge-reports.state.js';

const said = (startedAt: string, version: string): Uint8Array => encodeJsonRecord({ startedAt, version });

describe('the reports of edges', () => {
  it('are in order of start time, with the responding edge', () => {
    const reports = new EdgeReports();
    reports.apply('b', said('2026-01-02T00:00:00.000Z', '0.3.0'), true);
    reports.apply('a', said('2026-01-01T00:00:00.000Z', '0.2.0'), false);
    expect(reports.list().map(({ id, version, answering }) => [id, version, answering])).toEqual([
      ['a', '0.2.0', false],
      ['b', '0.3.0', true]
    ]);
  });

  it('include an edge of an older release, without figures', () => {
    const reports = new EdgeReports();
    reports.apply('a', encodeJsonRecord({ at: '2026-01-01T00:00:00.000Z' }), false);
    expect(reports.list()).toEqual([{ ...NOTHING_REPORTED, id: 'a', answering: false }]);
  });

  it('do not include an edge whose lease was removed', () => {
    const reports = new EdgeReports();
    reports.apply('a', said('2026-01-01T00:00:00.000Z', '0.3.0'), false);
    reports.apply('a', null, false);
    expect(reports.list()).toEqual([]);
  });
});
