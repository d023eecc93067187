import { documentAddress } from './document.table.js';

it('returns the URL of a document of the running version', () => {
  expect(documentAddress('webhooks', '1.2.3')).toMatch(/^https:.*\/v1\.2\.3\/docs\/webhooks\.md$/);
  expect(documentAddress('sdk', undefined)).toMatch(/\/main\/libs\/sdk\/README\.md$/);
});
