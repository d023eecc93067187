import { Nested, OneOf, Text, Whole } from '../request-fields.js';

/** The button that was pressed. */
export class ButtonReplyFields {
  @Text('What stands on the button.')
  displayText!: string;

  @Text('Id of the button.')
  id!: string;

  @Whole('Its place among the buttons, from 0.', { max: 1_000 })
  index!: number;
}

/** The row that was chosen. */
export class SelectedRowFields {
  @Text('Id of the row.')
  selectedRowId!: string;
}

/** An answer to a list. */
export class ListReplyFields {
  @Text('Title of the row.', { optional: true })
  title?: string;

  @Text('Its description.', { optional: true })
  description?: string;

  @OneOf('Kind of list of the protocol: 1, a list to choose one row of.', [0, 1], { optional: true })
  listType?: 0 | 1;

  @Nested('What was chosen.', () => SelectedRowFields)
  singleSelectReply!: SelectedRowFields;
}
