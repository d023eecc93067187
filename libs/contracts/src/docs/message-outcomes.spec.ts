import { MESSAGE_OUTCOMES, UNEXPLAINED_KINDS } from './message-outcomes.table.js';
import { MESSAGE_KINDS } from '../messages/message-kinds.table.js';

test('every kind of content has all outcomes, or reasons', () => {
  expect(MESSAGE_OUTCOMES.map(({ kind }) => kind)).toEqual(Object.keys(MESSAGE_KINDS));
  expect(UNEXPLAINED_KINDS).toEqual([]);
});
