import { chosenPatterns, eventFamilies } from './event-filter.policy.js';

describe('the choices of the event filter', () => {
  it('include families with several members', () => {
    expect(eventFamilies(['messages.upsert', 'messages.update', 'call', 'auth.qr'])).toEqual(['messages.*']);
  });

  it('include the families of the catalog', () => {
    expect(eventFamilies()).toEqual(expect.arrayContaining(['messages.*', 'chats.*', 'groups.*']));
  });

  it('select every event if none is chosen', () => {
    expect(chosenPatterns([])).toEqual(['*']);
    expect(chosenPatterns(['call', 'messages.*'])).toEqual(['call', 'messages.*']);
  });
});
