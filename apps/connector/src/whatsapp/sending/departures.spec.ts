import { Departures } from './departures.js';

const message = (id: string) => ({ tag: 'message', attrs: { id } });

describe('a message that is sent', () => {
  test('has left with its stanza and cannot be abandoned then', () => {
    const departures = new Departures();
    const departure = departures.begin('A');
    departures.note(message('B'));
    departures.note({ tag: 'receipt', attrs: { id: 'A' } });
    expect(departure.hasLeft).toBe(false);
    departures.note(message('A'));
    expect([departure.hasLeft, departure.abandon()]).toEqual([true, false]);
    // As if a device requests it again.
    departures.note(message('A'));
  });

  test('never leaves after it was abandoned', () => {
    const departures = new Departures();
    const departure = departures.begin('A');
    expect(departure.abandon()).toBe(true);
    expect(() => departures.note(message('A'))).toThrow('abandoned');
    // The next attempt uses the same id.
    const second = departures.begin('A');
    departures.end(departure);
    departures.note(message('A'));
    expect([departure.hasLeft, second.hasLeft]).toEqual([false, true]);
  });

  test('is forgotten at its end', () => {
    const departures = new Departures();
    const departure = departures.begin('A');
    departure.abandon();
    departures.end(departure);
    departures.note(message('A'));
    expect(departure.hasLeft).toBe(false);
  });
});
