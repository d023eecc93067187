import { contactOfVcard, contactsOf, vcardOf } from './vcard.codec.js';

/** Meta, "Contacts messages", as of mid-2026: the fields of a contact that is sent. */
const CONTACT = {
  name: { formatted_name: 'Barbara J. Johnson', first_name: 'Barbara', last_name: 'Johnson', middle_name: 'Joana', prefix: 'Dr.' },
  phones: [
    { phone: '+1 (650) 555-1234', type: 'MOBILE', wa_id: '16505551234' },
    { phone: '+49 30 12345', type: 'WORK' }
  ],
  emails: [{ email: 'bjohnson@example.com', type: 'WORK' }],
  urls: [{ url: 'https://example.com/a,b', type: 'COMPANY' }],
  addresses: [{ street: '1 Lucky Shrub Way', city: 'Menlo Park', state: 'CA', zip: '94025', country: 'United States', type: 'OFFICE' }],
  org: { company: 'Lucky; Shrub', department: 'Legal', title: 'Lead Counsel' },
  birthday: '1999-01-23'
};

test('a contact becomes a vCard and back', () => {
  const { displayName, vcard } = vcardOf(CONTACT)!;
  expect(displayName).toBe('Barbara J. Johnson');
  expect(vcard).toMatch(/^BEGIN:VCARD\r\nVERSION:3\.0\r\n[^]*\r\nEND:VCARD$/);
  expect(vcard).toContain('TEL;type=MOBILE;waid=16505551234:+1 (650) 555-1234');
  const back = contactOfVcard(vcard, null);
  expect(back).toEqual({ ...CONTACT, phones: [CONTACT.phones[0], { ...CONTACT.phones[1], wa_id: '493012345' }] });
});

test('a contact has a name, and needs nothing else', () => {
  expect(vcardOf({ phones: [{ phone: '1' }] })).toBeNull();
  expect(vcardOf('x')).toBeNull();
  expect(contactOfVcard(vcardOf({ name: { first_name: 'Bo' } })!.vcard, null)).toEqual({
    name: { formatted_name: 'Bo', first_name: 'Bo' }
  });
});

test.each(['\r', '\n', '\r\n'])('no text adds a line to a vCard (%j)', end => {
  const formatted_name = `Bo${end}TEL;waid=15550009999:+1`;
  const { vcard } = vcardOf({ name: { formatted_name }, org: { company: `A${end}NOTE:x` } })!;
  expect(vcard.split(/[\r\n]+/).map(line => line.split(/[:;]/)[0])).toEqual(['BEGIN', 'VERSION', 'FN', 'N', 'ORG', 'END']);
  expect(contactOfVcard(vcard, null)).toMatchObject({ name: { formatted_name: 'Bo\nTEL;waid=15550009999:+1' } });
  expect(contactOfVcard(['BEGIN:VCARD', 'FN:Bo', ' by', 'END:VCARD'].join(end), null)).toEqual({ name: { formatted_name: 'Boby' } });
});

test('vCards of phones are read as received', () => {
  const iphone =
    'BEGIN:VCARD\nVERSION:3.0\nN:Müller;Eva;;;\nFN:Eva Müller\nitem1.TEL;waid=4915112345678:+49 151 12345678\nitem1.X-ABLabel:Mobile\nNOTE:a very\n  long line\nEND:VCARD';
  expect(contactOfVcard(iphone, null)).toEqual({
    name: { formatted_name: 'Eva Müller', last_name: 'Müller', first_name: 'Eva' },
    phones: [{ phone: '+49 151 12345678', wa_id: '4915112345678' }]
  });
  expect(contactOfVcard('BEGIN:VCARD\r\nTEL;CELL:123\r\nEND:VCARD', 'Shown')).toEqual({
    name: { formatted_name: 'Shown' },
    phones: [{ phone: '123', type: 'CELL' }]
  });
});

test('one contact and several both become a list', () => {
  const card = { displayName: 'Bo', vcard: 'BEGIN:VCARD\nFN:Bo\nEND:VCARD' };
  expect(contactsOf({ contactMessage: card })).toEqual([{ name: { formatted_name: 'Bo' } }]);
  expect(contactsOf({ contactsArrayMessage: { contacts: [card, card] } })).toHaveLength(2);
});
