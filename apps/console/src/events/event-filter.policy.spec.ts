import { chosenPatterns, eventFamilies } from './event-filter.policy.js';

describe('what can be chosen of events', () => {
  it('are families that have several members', () => {
    expect(eventFamilies(['messages.upsert', 'messages.update', 'call', 'auth.qr'])).toEqual(['messages.*']);
  });

  it('holds the families of the catalog', () => {
    expect(eventFamilies()).toEqual(expect.arrayContaining(['messages.*', 'chats.*', 'groups.*']));
  });

  it('is every event when nothing was chosen', () => {
    expect(chosenPatterns([])).toEqual(['*']);
    expect(chosenPatterns(['call', 'messages.*'])).toEqual(['call', 'messages.*']);
  });
});
