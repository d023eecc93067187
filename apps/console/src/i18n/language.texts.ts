export const languageTexts = {
  choose: 'Language'
};
