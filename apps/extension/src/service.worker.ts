const SIZE = { width: 480, height: 620 };

/**
 * A click on the icon opens the link page. The page gets the id of the tab, which it may read until the tab navigates elsewhere.
 * The worker keeps no state, because the browser may end it at any time.
 */
chrome.action.onClicked.addListener(({ id }) => {
  void chrome.windows.create({ url: `link.html#${id ?? ''}`, type: 'popup', ...SIZE });
});
