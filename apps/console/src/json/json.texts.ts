export const jsonTexts = {
  expand: 'Expand all',
  collapse: 'Collapse all',
  items_one: '{{count}} item',
  items_other: '{{count}} items',
  fields_one: '{{count}} field',
  fields_other: '{{count}} fields',
  more: '{{count}} more: copy to get them all',
  cut: 'cut: {{count}} characters in all'
};
