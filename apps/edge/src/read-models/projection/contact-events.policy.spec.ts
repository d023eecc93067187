import { fold, LID, PN, type Step } from './fold.fixture.js';
import { modelKey } from './model-key.codec.js';

const contact = (steps: Step[], jid = PN) => fold(steps).get(modelKey('contact', jid));

describe('contacts', () => {
  it('take the fields that are named and keep the others, known before or not', () => {
    const record = contact([
      ['contacts.update', [{ id: PN, notify: 'annie' }]],
      ['contacts.upsert', [{ id: PN, name: 'Ann' }]],
      ['contacts.update', [{ id: PN, imgUrl: 'changed', name: 'Anna' }]]
    ]);
    expect(record).toMatchObject({ id: PN, data: { notify: 'annie', name: 'Anna', imgUrl: 'changed' }, since: 1, order: 3 });
  });

  it('let history and former owners fill gaps only', () => {
    const record = contact([
      ['contacts.upsert', [{ id: PN, name: 'Ann' }], 5],
      ['contacts.upsert', [{ id: PN, name: 'Old', notify: 'annie' }], 4],
      ['messaging-history.set', { contacts: [{ id: PN, name: 'Older', status: 'busy' }] }, 5]
    ]);
    expect(record?.data).toEqual({ name: 'Ann', notify: 'annie', status: 'busy' });
  });

  it('say which LID and number belong together', () => {
    for (const named of [
      { id: PN, lid: LID },
      { id: LID, phoneNumber: PN }
    ]) {
      const records = fold([
        ['contacts.upsert', [{ id: LID, notify: 'annie' }]],
        ['contacts.upsert', [{ ...named, name: 'Ann' }]]
      ]);
      expect(records.get(modelKey('contact', PN))?.data).toMatchObject({ notify: 'annie', name: 'Ann' });
      expect(records.has(modelKey('contact', LID))).toBe(false);
    }
  });

  it('are not made of what names nobody', () => {
    expect(fold([['contacts.upsert', [{ name: 'Ann' }, null, 'Ann', { id: 7 }]]]).size).toBe(0);
  });
});
