import { Matches } from 'class-validator';
import { Field, NestedList, Text } from '../request-fields.js';

/** One contact. */
export class ContactCardFields {
  @Text('The name shown.', { optional: true })
  displayName?: string;

  @Field(
    'The card, vCard 3.0; WhatsApp finds the account by `TEL;waid=<digits>`.',
    {},
    Matches(/^BEGIN:VCARD[\s\S]{0,65000}END:VCARD\s*$/, { message: '$property must be a vCard: BEGIN:VCARD … END:VCARD' })
  )
  vcard!: string;
}

/** Contacts to share. */
export class ContactsFields {
  @Text('What is shown for several contacts together.', { optional: true })
  displayName?: string;

  @NestedList('The contacts; one is shown as a card, several as a list.', () => ContactCardFields, { max: 256 })
  contacts!: ContactCardFields[];
}
