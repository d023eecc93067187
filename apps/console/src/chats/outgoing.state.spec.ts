import { nextOutgoing, type Outgoing } from './outgoing.state.js';

const message = (key: string, id: string | null = null): Outgoing => ({
  key,
  jid: 'j',
  text: 't',
  fileName: null,
  uploaded: null,
  id,
  error: null
});

describe('messages that are being sent', () => {
  it('stay until the list of the chat contains them', () => {
    const waiting = nextOutgoing([message('a')], { kind: 'changed', key: 'a', change: { id: 'X' } });
    expect(waiting).toEqual([message('a', 'X')]);
    expect(nextOutgoing(waiting, { kind: 'listed', ids: new Set(['Y']) })).toBe(waiting);
    expect(nextOutgoing(waiting, { kind: 'listed', ids: new Set(['X']) })).toEqual([]);
  });

  it('stay in the order in which they were sent', () => {
    const two = nextOutgoing([message('a')], { kind: 'added', message: message('b') });
    expect(two.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('can be discarded', () => {
    expect(nextOutgoing([message('a'), message('b')], { kind: 'removed', key: 'a' })).toEqual([message('b')]);
  });
});
