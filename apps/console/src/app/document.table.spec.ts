import { documentAddress } from './document.table.js';

it('gives the address of the document of the running version', () => {
  expect(documentAddress('webhooks', '1.2.3')).toMatch(/^https:.*\/v1\.2\.3\/docs\/webhooks\.md$/);
  expect(documentAddress('sdk', undefined)).toMatch(/\/main\/libs\/sdk\/README\.md$/);
});
