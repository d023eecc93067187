/**
 * The bodies that Chatwoot accepts, according to its published description: github.com/chatwoot/chatwoot,
 * folder `swagger`, versions of June 2026 (paths of commit 0193afb8, message payload of 14484755, contact
 * payload of 256bcd96). If its controllers accept more than the description says, the row names the file.
 * Fields that are not in the row are refused, although Rails would drop them: a dropped field is a mistake of the caller.
 */
export interface RequestRow {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1/accounts/{account_id}/`. */
  readonly path: RegExp;
  /** JSON schema of the body; missing if a body is an error. */
  readonly body?: object;
  /** Names of parameters. */
  readonly query?: readonly string[];
}

const TEXT = { type: 'string' };
const ID = { type: 'integer' };
const ATTRIBUTES = { type: 'object' };
/** `contact.rb`: the model refuses other numbers with 422. */
const PHONE = { type: 'string', pattern: '^\\+[1-9]\\d{1,14}$' };
const strict = (required: string[], properties: object): object => ({ type: 'object', additionalProperties: false, required, properties });

const CONTACT = {
  name: TEXT,
  email: TEXT,
  blocked: { type: 'boolean' },
  phone_number: PHONE,
  avatar_url: TEXT,
  identifier: TEXT,
  additional_attributes: ATTRIBUTES,
  custom_attributes: ATTRIBUTES
};

export const REQUESTS: readonly RequestRow[] = [
  { method: 'GET', path: /^inboxes\/\d+$/ },
  {
    method: 'POST',
    path: /^inboxes$/,
    body: strict(['name', 'channel'], {
      name: TEXT,
      channel: strict(['type'], { type: { const: 'api' }, webhook_url: { type: 'string', pattern: '^https?://' } })
    })
  },
  { method: 'GET', path: /^contacts\/search$/, query: ['q', 'sort', 'page'] },
  { method: 'POST', path: /^contacts$/, body: strict(['inbox_id'], { inbox_id: { type: 'number' }, ...CONTACT }) },
  { method: 'GET', path: /^contacts\/\d+$/ },
  { method: 'PUT', path: /^contacts\/\d+$/, body: strict([], CONTACT) },
  { method: 'GET', path: /^contacts\/\d+\/conversations$/ },
  {
    method: 'POST',
    path: /^contacts\/\d+\/contact_inboxes$/,
    body: strict(['inbox_id'], { inbox_id: { type: 'number' }, source_id: TEXT })
  },
  {
    method: 'POST',
    path: /^actions\/contact_merge$/,
    body: strict(['base_contact_id', 'mergee_contact_id'], { base_contact_id: ID, mergee_contact_id: ID })
  },
  {
    method: 'GET',
    path: /^conversations$/,
    // `sort_by`: conversation_finder.rb.
    query: ['assignee_type', 'status', 'q', 'inbox_id', 'team_id', 'labels', 'page', 'sort_by']
  },
  {
    method: 'POST',
    path: /^conversations$/,
    body: strict(['source_id'], {
      source_id: TEXT,
      inbox_id: ID,
      contact_id: ID,
      additional_attributes: ATTRIBUTES,
      custom_attributes: ATTRIBUTES,
      status: { enum: ['open', 'resolved', 'pending'] }
    })
  },
  { method: 'GET', path: /^conversations\/\d+$/ },
  {
    method: 'POST',
    path: /^conversations\/\d+\/toggle_status$/,
    body: strict(['status'], { status: { enum: ['open', 'resolved', 'pending', 'snoozed'] }, snoozed_until: { type: 'number' } })
  },
  // `before` and `after`: message_finder.rb.
  { method: 'GET', path: /^conversations\/\d+\/messages$/, query: ['before', 'after'] },
  {
    method: 'POST',
    path: /^conversations\/\d+\/messages$/,
    body: strict(['content'], {
      content: TEXT,
      message_type: { enum: ['outgoing', 'incoming'] },
      private: { type: 'boolean' },
      content_type: { enum: ['text', 'input_email', 'cards', 'input_select', 'form', 'article'] },
      content_attributes: strict([], { in_reply_to: ID, in_reply_to_external_id: TEXT }),
      // message_builder.rb.
      source_id: TEXT,
      attachments: { type: 'array', maxItems: 15 }
    })
  },
  {
    method: 'PATCH',
    path: /^conversations\/\d+\/messages\/\d+$/,
    body: strict(['status'], { status: { enum: ['sent', 'delivered', 'read', 'failed'] }, external_error: TEXT })
  },
  { method: 'DELETE', path: /^conversations\/\d+\/messages\/\d+$/ }
];
