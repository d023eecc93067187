import type { ConnectionData, OwnershipView, SessionStatus, SessionView } from '@wabus/contracts';
import { awaitCondition, McpClient, type EdgeClient, type LaunchedProcess } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

const SESSION = 'alone';
const GONE = { state: 'starting', connector: null, lastDisconnect: { reason: 'connector-gone' } };

interface LoggedStatus {
  id: string;
  event: string;
  data: SessionStatus;
}

describe('a session whose only connector is gone', () => {
  let wabus: WabusFixture;
  let version: string;
  beforeAll(async () => {
    wabus = await WabusFixture.start({ edges: 2, roles: true });
    version = (await wabus.edge.get<{ version: string }>('/version')).body.version;
    await wabus.pair(SESSION);
  }, 90_000);
  afterAll(() => wabus?.stop(), 60_000);

  /** Returns the session as each API shows it, and the list of connectors. */
  async function doors(edge: EdgeClient): Promise<{ views: SessionStatus[]; connection: ConnectionData; ownership: OwnershipView }> {
    const mcp = await McpClient.connect(edge.url, wabus.token);
    const events = await edge.connectEvents();
    try {
      const [list, status, connection, ownership, tool, command] = await Promise.all([
        edge.get<{ sessions: SessionView[] }>('/api/sessions'),
        edge.get<SessionStatus>(`/api/sessions/${SESSION}/status`),
        edge.get<ConnectionData>(`/api/sessions/${SESSION}/connection`),
        edge.get<OwnershipView>('/api/connectors'),
        mcp.call('list_sessions'),
        events.command({ session: SESSION, method: 'getSession' })
      ]);
      const listed = tool as { data: { sessions: SessionView[] } };
      const asked = command as { data: SessionView };
      return {
        views: [list.body.sessions[0]!.status, status.body, listed.data.sessions[0]!.status, asked.data.status],
        connection: connection.body,
        ownership: ownership.body
      };
    } finally {
      events.close();
      await mcp.close();
    }
  }

  const awaitOwner = (connector: string | null): Promise<unknown> =>
    Promise.all(
      wabus.clients.map(edge =>
        awaitCondition(
          () => edge.get<SessionStatus>(`/api/sessions/${SESSION}/status`),
          ({ body }) => body.connector === connector,
          { waitMs: 20_000, what: `a status of connector ${connector}` }
        )
      )
    );

  const statuses = async (): Promise<LoggedStatus[]> =>
    (await wabus.edge.get<{ events: LoggedStatus[] }>(`/api/sessions/${SESSION}/events?events=session.status&limit=1000`)).body.events;

  const goneIds = (all: LoggedStatus[]): string[] => all.map(({ id }) => id).filter(id => id.endsWith('.gone'));

  async function expectGone(): Promise<void> {
    await awaitOwner(null);
    for (const edge of wabus.clients) {
      const { views, connection, ownership } = await doors(edge);
      for (const view of views) expect(view).toMatchObject(GONE);
      expect(connection).toMatchObject({ connected: false });
      expect(ownership.connectors).toMatchObject([{ id: 'c1', state: 'lost', version, sessions: [] }]);
      expect(ownership.unowned).toMatchObject([{ session: SESSION, state: 'starting' }]);
      expect((await edge.get('/health/ready')).status).toBe(200);
    }
  }

  /** Waits until the log has one more such status than before, and checks that no second one follows. */
  async function expectSaidOnce(before: number): Promise<void> {
    await awaitCondition(statuses, all => goneIds(all).length > before, {
      waitMs: 20_000,
      what: 'session.status of a session without an owner'
    });
    // A third edge that starts later has nothing to add.
    await wabus.startEdge();
    const late = wabus.clients.at(-1)!;
    await awaitCondition(
      () => late.get<SessionStatus>(`/api/sessions/${SESSION}/status`),
      ({ body }) => body.connector === null,
      { waitMs: 20_000, what: 'a status without a connector at a new edge' }
    );
    expect(goneIds(await statuses())).toHaveLength(before + 1);
  }

  const connector = (): LaunchedProcess => wabus.connectors[0]!;

  const listed = async (edge: EdgeClient): Promise<OwnershipView> => (await edge.get<OwnershipView>('/api/connectors')).body;

  test('it is listed with the reports of its processes', async () => {
    for (const edge of wabus.clients) {
      const { connectors, edges } = await awaitCondition(
        () => listed(edge),
        view => view.edges.length === 2,
        { what: 'both edges' }
      );
      expect(connectors).toMatchObject([{ id: 'c1', state: 'ready', version, sessions: [{ session: SESSION, state: 'open' }] }]);
      expect(edges).toMatchObject([{ version }, { version }]);
    }
  });

  test('stopped by SIGSTOP it is open on no API, but later again', async () => {
    connector().pause();
    await expectGone();
    await expectSaidOnce(0);
    connector().resume();
    await wabus.awaitState(SESSION, 'open', 30_000);
    // Each edge checks at its own interval, so one may still show the session without an owner.
    await awaitOwner('c1');
    // The event may follow the state that the API shows.
    const all = await awaitCondition(statuses, logged => logged.at(-1)!.data.state === 'open', {
      what: 'session.status of the open session'
    });
    const said = all.findIndex(({ id }) => goneIds(all).includes(id));
    expect(all.slice(said + 1).map(({ data }) => data.state)).toContain('open');
    expect(all.at(-1)!.data).toMatchObject({ state: 'open', connector: 'c1' });
  }, 120_000);

  test('killed it is open on no API, and the next one opens it', async () => {
    await connector().kill();
    await expectGone();
    await expectSaidOnce(1);
    await wabus.startConnector('c2');
    expect(await wabus.awaitState(SESSION, 'open', 30_000)).toMatchObject({ status: { connector: 'c2' } });
    // The killed connector is listed until its report expires.
    for (const edge of wabus.clients)
      await awaitCondition(
        () => listed(edge),
        ({ connectors }) => connectors.map(({ id }) => id).join() === 'c2',
        {
          waitMs: 30_000,
          what: 'c2 alone in the list'
        }
      );
    const all = await awaitCondition(statuses, logged => logged.at(-1)!.data.state === 'open', {
      what: 'session.status of the open session'
    });
    expect(all.at(-1)!.data).toMatchObject({ state: 'open', connector: 'c2' });
    expect(goneIds(all)).toHaveLength(2);
  }, 120_000);
});
