const SIZE = { width: 480, height: 620 };

/**
 * The icon was clicked: opens the page that links. The page gets the number of the tab, which the click allows it to look at until the tab goes elsewhere.
 * Nothing is kept here: the browser ends a worker whenever it likes.
 */
chrome.action.onClicked.addListener(({ id }) => {
  void chrome.windows.create({ url: `link.html#${id ?? ''}`, type: 'popup', ...SIZE });
});
