import { documentAddress } from './document.table.js';

it('leads to the document of the version that runs', () => {
  expect(documentAddress('webhooks', '1.2.3')).toMatch(/^https:.*\/v1\.2\.3\/docs\/webhooks\.md$/);
  expect(documentAddress('sdk', undefined)).toMatch(/\/main\/libs\/sdk\/README\.md$/);
});
