import { runInNewContext } from 'node:vm';
import { openApiStart } from './open-api.page.js';

describe('the script of the OpenAPI page', () => {
  /** Runs the script as a browser would, in one that prefers a scheme, and lets the system change it afterwards. */
  function run(isDark: boolean): { settings: unknown; schemes: boolean[] } {
    const schemes: boolean[] = [];
    const system = { matches: isDark, addEventListener: (_: string, listener: () => void) => changes.push(listener) };
    const changes: (() => void)[] = [];
    let settings: unknown;
    runInNewContext(openApiStart('/api/openapi.json', { filter: false }), {
      matchMedia: () => system,
      document: { documentElement: { classList: { toggle: (_: string, isOn: boolean) => schemes.push(isOn) } } },
      SwaggerUIBundle: (given: unknown) => (settings = given)
    });
    system.matches = !isDark;
    for (const change of changes) change();
    return { settings, schemes };
  }

  test.each([true, false])('follows the color scheme of the system, dark: %p', isDark => {
    expect(run(isDark).schemes).toEqual([isDark, !isDark]);
  });

  test('starts Swagger UI with the document and the settings', () => {
    expect(run(false).settings).toMatchObject({ url: '/api/openapi.json', dom_id: '#ui', filter: false });
  });
});
