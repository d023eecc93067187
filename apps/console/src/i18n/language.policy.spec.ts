import { languageToShow, localeOf } from './language.policy.js';

describe('the language of the console', () => {
  it.each([
    [null, ['pt-BR', 'en'], 'pt-BR'],
    [null, ['pt'], 'pt-BR'],
    [null, ['es-MX', 'en-US'], 'es'],
    [null, ['ja', 'de-AT', 'en'], 'de'],
    [null, ['ja'], 'en'],
    [null, [], 'en'],
    ['de', ['pt-BR'], 'de'],
    ['tlh', ['es'], 'es']
  ])('with %j chosen and %j preferred is %s', (chosen, preferred, language) => {
    expect(languageToShow(chosen, preferred)).toBe(language);
  });

  it("writes dates as in the reader's region", () => {
    expect(localeOf('en', ['de', 'en-GB'])).toBe('en-GB');
    expect(localeOf('pt-BR', ['pt-PT'])).toBe('pt-PT');
    expect(localeOf('es', ['de'])).toBe('es');
  });
});
