// @generated from the catalogs of @wabus/contracts by tools/n8n/tables.mjs: do not edit.

/** An argument of a command, and the kind of its input field. */
export interface CommandArgument {
  readonly name: string;
  readonly title: string;
  readonly kind: 'choice' | 'flag' | 'json' | 'list' | 'number' | 'text' | 'texts';
  readonly required: boolean;
  readonly meaning: string;
  readonly choices: readonly string[];
}

/** A command of the catalog. */
export interface CommandRow {
  readonly method: string;
  readonly title: string;
  readonly meaning: string;
  /** Whether running it twice has the same effect as running it once; otherwise it gets an idempotency key. */
  readonly repeatable: boolean;
  readonly args: readonly CommandArgument[];
}

/** Every command, by title. */
export const COMMANDS: readonly CommandRow[] = [
  {
    method: 'addChatLabel',
    title: 'Add Chat Label',
    meaning: 'Adds a label to a chat',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The chat. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'labelId',
        title: 'Label ID',
        kind: 'text',
        required: true,
        meaning: 'Id of the label',
        choices: []
      }
    ]
  },
  {
    method: 'addLabel',
    title: 'Add Label',
    meaning: 'Creates, changes or deletes a label',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning:
          'Any chat of the account. WhatsApp requires one, although a label belongs to all chats. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'labels',
        title: 'Labels',
        kind: 'json',
        required: true,
        meaning: 'The label',
        choices: []
      }
    ]
  },
  {
    method: 'addMessageLabel',
    title: 'Add Message Label',
    meaning: 'Adds a label to a message',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The chat. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'messageId',
        title: 'Message ID',
        kind: 'text',
        required: true,
        meaning: 'Id of the message',
        choices: []
      },
      {
        name: 'labelId',
        title: 'Label ID',
        kind: 'text',
        required: true,
        meaning: 'Id of the label',
        choices: []
      }
    ]
  },
  {
    method: 'addOrEditContact',
    title: 'Add Or Edit Contact',
    meaning: 'Stores a contact',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The contact. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      },
      {
        name: 'contact',
        title: 'Contact',
        kind: 'json',
        required: true,
        meaning: 'What to store about the contact',
        choices: []
      }
    ]
  },
  {
    method: 'addOrEditQuickReply',
    title: 'Add Or Edit Quick Reply',
    meaning: 'Stores a quick reply',
    repeatable: false,
    args: [
      {
        name: 'quickReply',
        title: 'Quick Reply',
        kind: 'json',
        required: true,
        meaning: 'The quick reply',
        choices: []
      }
    ]
  },
  {
    method: 'cancelPasskey',
    title: 'Cancel Passkey',
    meaning: 'Cancels a passkey link. A new QR code follows.',
    repeatable: true,
    args: []
  },
  {
    method: 'chatModify',
    title: 'Chat Modify',
    meaning: 'Archives, pins, mutes, clears or deletes a chat, or marks it as read. Each call makes exactly one change.',
    repeatable: true,
    args: [
      {
        name: 'modification',
        title: 'Modification',
        kind: 'json',
        required: true,
        meaning: 'The change',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The chat. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'chatInfo',
        title: 'Chat Info',
        kind: 'json',
        required: false,
        meaning: 'Accepted for older callers, and ignored',
        choices: []
      }
    ]
  },
  {
    method: 'communityAcceptInvite',
    title: 'Community Accept Invite',
    meaning: 'Joins a community with the code of an invite link. Returns the jid of the community.',
    repeatable: true,
    args: [
      {
        name: 'code',
        title: 'Code',
        kind: 'text',
        required: true,
        meaning: 'The code at the end of an invite link',
        choices: []
      }
    ]
  },
  {
    method: 'communityAcceptInviteV4',
    title: 'Community Accept Invite V4',
    meaning: 'Accepts an invitation that arrived as a message',
    repeatable: true,
    args: [
      {
        name: 'key',
        title: 'Key',
        kind: 'json',
        required: true,
        meaning: 'Key of the message that brought the invitation',
        choices: []
      },
      {
        name: 'inviteMessage',
        title: 'Invite Message',
        kind: 'json',
        required: true,
        meaning: 'The invitation in that message',
        choices: []
      }
    ]
  },
  {
    method: 'communityCreate',
    title: 'Community Create',
    meaning: 'Creates a community',
    repeatable: false,
    args: [
      {
        name: 'subject',
        title: 'Subject',
        kind: 'text',
        required: true,
        meaning: 'The name of the community',
        choices: []
      },
      {
        name: 'body',
        title: 'Body',
        kind: 'text',
        required: true,
        meaning: 'The description of the community',
        choices: []
      }
    ]
  },
  {
    method: 'communityCreateGroup',
    title: 'Community Create Group',
    meaning: 'Creates a group inside a community',
    repeatable: false,
    args: [
      {
        name: 'parentCommunityJid',
        title: 'Parent Community JID',
        kind: 'text',
        required: true,
        meaning: 'The community that the group joins. It must be the jid of a group (…@g.us).',
        choices: []
      },
      {
        name: 'subject',
        title: 'Subject',
        kind: 'text',
        required: true,
        meaning: 'The name of the group',
        choices: []
      },
      {
        name: 'participants',
        title: 'Participants',
        kind: 'texts',
        required: true,
        meaning: 'The first members. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'communityFetchAllParticipating',
    title: 'Community Fetch All Participating',
    meaning: 'Returns every community that the account belongs to, with its members. The reply can be large.',
    repeatable: true,
    args: []
  },
  {
    method: 'communityFetchLinkedGroups',
    title: 'Community Fetch Linked Groups',
    meaning: 'Returns the groups of a community',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityGetInviteInfo',
    title: 'Community Get Invite Info',
    meaning: 'Returns the metadata behind an invite link, without joining',
    repeatable: true,
    args: [
      {
        name: 'code',
        title: 'Code',
        kind: 'text',
        required: true,
        meaning: 'The code at the end of an invite link',
        choices: []
      }
    ]
  },
  {
    method: 'communityInviteCode',
    title: 'Community Invite Code',
    meaning: 'Returns the code of the invite link',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityJoinApprovalMode',
    title: 'Community Join Approval Mode',
    meaning: 'Sets whether admins must approve new members',
    repeatable: true,
    args: [
      {
        name: 'mode',
        title: 'Mode',
        kind: 'choice',
        required: true,
        meaning: 'Whether an admin must approve new members',
        choices: ['on', 'off']
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityLeave',
    title: 'Community Leave',
    meaning: 'Leaves a community',
    repeatable: true,
    args: [
      {
        name: 'id',
        title: 'ID',
        kind: 'text',
        required: true,
        meaning: 'The group or community to leave. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityLinkGroup',
    title: 'Community Link Group',
    meaning: 'Adds a group to a community',
    repeatable: true,
    args: [
      {
        name: 'groupJid',
        title: 'Group JID',
        kind: 'text',
        required: true,
        meaning: 'The group. It must be the jid of a group (…@g.us).',
        choices: []
      },
      {
        name: 'parentCommunityJid',
        title: 'Parent Community JID',
        kind: 'text',
        required: true,
        meaning: 'The community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityMemberAddMode',
    title: 'Community Member Add Mode',
    meaning: 'Sets who may add members',
    repeatable: true,
    args: [
      {
        name: 'mode',
        title: 'Mode',
        kind: 'choice',
        required: true,
        meaning: 'Who may add members',
        choices: ['admin_add', 'all_member_add']
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityMetadata',
    title: 'Community Metadata',
    meaning: 'Returns data about a community: its name, description, members and settings',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityParticipantsUpdate',
    title: 'Community Participants Update',
    meaning: 'Adds, removes, promotes or demotes members. Returns a status for each.',
    repeatable: true,
    args: [
      {
        name: 'participants',
        title: 'Participants',
        kind: 'texts',
        required: true,
        meaning:
          'The people to add, remove, promote or demote. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      },
      {
        name: 'action',
        title: 'Action',
        kind: 'choice',
        required: true,
        meaning: 'What to do with these members',
        choices: ['add', 'remove', 'promote', 'demote', 'modify']
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityRequestParticipantsList',
    title: 'Community Request Participants List',
    meaning: 'Returns the pending requests to join',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityRequestParticipantsUpdate',
    title: 'Community Request Participants Update',
    meaning: 'Approves or rejects requests to join',
    repeatable: true,
    args: [
      {
        name: 'participants',
        title: 'Participants',
        kind: 'texts',
        required: true,
        meaning:
          'The people who asked to join. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      },
      {
        name: 'action',
        title: 'Action',
        kind: 'choice',
        required: true,
        meaning: 'What to do with the requests',
        choices: ['approve', 'reject']
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityRevokeInvite',
    title: 'Community Revoke Invite',
    meaning: 'Revokes the invite link. Returns the new code.',
    repeatable: false,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityRevokeInviteV4',
    title: 'Community Revoke Invite V4',
    meaning: "Withdraws one person's invitation",
    repeatable: true,
    args: [
      {
        name: 'communityJid',
        title: 'Community JID',
        kind: 'text',
        required: true,
        meaning: 'The community. It must be the jid of a group (…@g.us).',
        choices: []
      },
      {
        name: 'invitedJid',
        title: 'Invited JID',
        kind: 'text',
        required: true,
        meaning:
          'The person whose invitation to withdraw. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'communitySettingUpdate',
    title: 'Community Setting Update',
    meaning: 'Sets who may write and who may change the group',
    repeatable: true,
    args: [
      {
        name: 'setting',
        title: 'Setting',
        kind: 'choice',
        required: true,
        meaning: '`announcement`: only admins can write; `locked`: only admins can change the name, picture and description',
        choices: ['announcement', 'not_announcement', 'locked', 'unlocked']
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityToggleEphemeral',
    title: 'Community Toggle Ephemeral',
    meaning: 'Sets the timer for disappearing messages',
    repeatable: true,
    args: [
      {
        name: 'ephemeralExpiration',
        title: 'Ephemeral Expiration',
        kind: 'number',
        required: true,
        meaning: 'The number of seconds after which messages disappear; 0 keeps them',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityUnlinkGroup',
    title: 'Community Unlink Group',
    meaning: 'Removes a group from a community',
    repeatable: true,
    args: [
      {
        name: 'groupJid',
        title: 'Group JID',
        kind: 'text',
        required: true,
        meaning: 'The group. It must be the jid of a group (…@g.us).',
        choices: []
      },
      {
        name: 'parentCommunityJid',
        title: 'Parent Community JID',
        kind: 'text',
        required: true,
        meaning: 'The community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityUpdateDescription',
    title: 'Community Update Description',
    meaning: 'Changes or removes the description of a community',
    repeatable: true,
    args: [
      {
        name: 'description',
        title: 'Description',
        kind: 'text',
        required: false,
        meaning: 'The new description; removed if missing',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'communityUpdateSubject',
    title: 'Community Update Subject',
    meaning: 'Renames a community',
    repeatable: true,
    args: [
      {
        name: 'subject',
        title: 'Subject',
        kind: 'text',
        required: true,
        meaning: 'The new name',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'confirmPasskey',
    title: 'Confirm Passkey',
    meaning:
      'Confirms that the phone shows the same code as the passkey link, or reports that it does not. The account can be linked only after that.',
    repeatable: false,
    args: [
      {
        name: 'equal',
        title: 'Equal',
        kind: 'flag',
        required: true,
        meaning: 'Whether the phone shows the same code',
        choices: []
      }
    ]
  },
  {
    method: 'createCallLink',
    title: 'Create Call Link',
    meaning: 'Creates a link that lets others join a call',
    repeatable: false,
    args: [
      {
        name: 'type',
        title: 'Type',
        kind: 'choice',
        required: true,
        meaning: 'The kind of call: with or without video',
        choices: ['audio', 'video']
      },
      {
        name: 'event',
        title: 'Event',
        kind: 'json',
        required: false,
        meaning: 'A scheduled call',
        choices: []
      }
    ]
  },
  {
    method: 'createSession',
    title: 'Create Session',
    meaning: 'Creates a session and starts it. It shows a QR code until it is linked.',
    repeatable: false,
    args: [
      {
        name: 'proxy',
        title: 'Proxy',
        kind: 'json',
        required: false,
        meaning: 'The proxy for all connections to WhatsApp, including the first one: `http://…`, `https://…` or `socks5://…`',
        choices: []
      }
    ]
  },
  {
    method: 'deleteSession',
    title: 'Delete Session',
    meaning: 'Unlinks the session and erases everything stored about it, including its past events',
    repeatable: true,
    args: []
  },
  {
    method: 'downloadMedia',
    title: 'Download Media',
    meaning:
      'Fetches and decrypts the file of a message, and returns a reference to it. If WhatsApp no longer has the file, Wabus asks the phone to upload it again.',
    repeatable: true,
    args: [
      {
        name: 'message',
        title: 'Message',
        kind: 'json',
        required: true,
        meaning: 'The message as in its event: `key` and `message`',
        choices: []
      }
    ]
  },
  {
    method: 'fetchAccountReachoutTimelock',
    title: 'Fetch Account Reachout Timelock',
    meaning: 'Returns whether WhatsApp prevents the account from starting new chats, and when this restriction ends',
    repeatable: true,
    args: []
  },
  {
    method: 'fetchBlocklist',
    title: 'Fetch Blocklist',
    meaning: 'Returns the blocklist',
    repeatable: true,
    args: []
  },
  {
    method: 'fetchDisappearingDuration',
    title: 'Fetch Disappearing Duration',
    meaning: "Returns people's default timers for disappearing messages",
    repeatable: true,
    args: [
      {
        name: 'jids',
        title: 'JIDs',
        kind: 'texts',
        required: true,
        meaning: 'The people to look up. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'fetchMessageHistory',
    title: 'Fetch Message History',
    meaning: 'Asks the phone for older messages in a chat. They arrive in the event `messaging-history.set`.',
    repeatable: false,
    args: [
      {
        name: 'count',
        title: 'Count',
        kind: 'number',
        required: true,
        meaning: 'How many messages to ask the phone for',
        choices: []
      },
      {
        name: 'oldestMsgKey',
        title: 'Oldest Msg Key',
        kind: 'json',
        required: true,
        meaning: 'Key of the oldest known message',
        choices: []
      },
      {
        name: 'oldestMsgTimestamp',
        title: 'Oldest Msg Timestamp',
        kind: 'number',
        required: true,
        meaning: 'The time of that message, in seconds since 1970',
        choices: []
      }
    ]
  },
  {
    method: 'fetchNewChatMessageCap',
    title: 'Fetch New Chat Message Cap',
    meaning: 'Returns how many new chats the account may start',
    repeatable: true,
    args: []
  },
  {
    method: 'fetchPrivacySettings',
    title: 'Fetch Privacy Settings',
    meaning: 'Returns all privacy settings',
    repeatable: true,
    args: [
      {
        name: 'force',
        title: 'Force',
        kind: 'flag',
        required: false,
        meaning: 'Whether to ask WhatsApp again even if the settings are known',
        choices: []
      }
    ]
  },
  {
    method: 'fetchStatus',
    title: 'Fetch Status',
    meaning: "Returns people's about texts, with the emoji and, if set, the expiration (`expiresAt`)",
    repeatable: true,
    args: [
      {
        name: 'jids',
        title: 'JIDs',
        kind: 'texts',
        required: true,
        meaning: 'The people to look up. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'getBotListV2',
    title: 'Get Bot List V2',
    meaning: 'Returns the bots that WhatsApp offers',
    repeatable: true,
    args: []
  },
  {
    method: 'getBusinessProfile',
    title: 'Get Business Profile',
    meaning: 'Returns the business profile of a contact',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The chat or person. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'getCatalog',
    title: 'Get Catalog',
    meaning: 'Returns the products in a catalog, page by page',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: false,
        meaning:
          'The business whose catalog to return; the account itself if missing. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'limit',
        title: 'Limit',
        kind: 'number',
        required: false,
        meaning: 'How many products to return',
        choices: []
      },
      {
        name: 'cursor',
        title: 'Cursor',
        kind: 'text',
        required: false,
        meaning: '`nextPageCursor` of the previous page',
        choices: []
      }
    ]
  },
  {
    method: 'getCollections',
    title: 'Get Collections',
    meaning: 'Returns the collections in a catalog',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: false,
        meaning:
          'The business whose collections to return; the account itself if missing. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'limit',
        title: 'Limit',
        kind: 'number',
        required: false,
        meaning: 'How many collections to return',
        choices: []
      }
    ]
  },
  {
    method: 'getOrderDetails',
    title: 'Get Order Details',
    meaning: 'Returns the products in an order message',
    repeatable: true,
    args: [
      {
        name: 'orderId',
        title: 'Order ID',
        kind: 'text',
        required: true,
        meaning: 'Id of the order',
        choices: []
      },
      {
        name: 'tokenBase64',
        title: 'Token Base64',
        kind: 'text',
        required: true,
        meaning: 'Token of the order, in base64',
        choices: []
      }
    ]
  },
  {
    method: 'getPasskey',
    title: 'Get Passkey',
    meaning: "Returns the data that the account's passkey must sign, and the stage of the link",
    repeatable: true,
    args: [
      {
        name: 'link',
        title: 'Link',
        kind: 'flag',
        required: false,
        meaning: 'Whether to create a one-time address at which a person without a token can finish or cancel this link',
        choices: []
      }
    ]
  },
  {
    method: 'getQr',
    title: 'Get QR',
    meaning: 'Returns the QR code to scan as text, as an SVG or PNG image, or in block characters for a terminal',
    repeatable: true,
    args: [
      {
        name: 'format',
        title: 'Format',
        kind: 'choice',
        required: false,
        meaning: '`raw` (the text, the default), `svg` (an SVG document), `png` (a data URL) or `terminal` (block characters)',
        choices: ['raw', 'svg', 'png', 'terminal']
      }
    ]
  },
  {
    method: 'getSession',
    title: 'Get Session',
    meaning: 'Returns the desired state and the status of the session',
    repeatable: true,
    args: []
  },
  {
    method: 'groupAcceptInvite',
    title: 'Group Accept Invite',
    meaning: 'Joins a group with the code of an invite link. Returns the jid of the group.',
    repeatable: true,
    args: [
      {
        name: 'code',
        title: 'Code',
        kind: 'text',
        required: true,
        meaning: 'The code at the end of an invite link',
        choices: []
      }
    ]
  },
  {
    method: 'groupAcceptInviteV4',
    title: 'Group Accept Invite V4',
    meaning: 'Accepts an invitation that arrived as a message',
    repeatable: true,
    args: [
      {
        name: 'key',
        title: 'Key',
        kind: 'json',
        required: true,
        meaning: 'Key of the message that brought the invitation',
        choices: []
      },
      {
        name: 'inviteMessage',
        title: 'Invite Message',
        kind: 'json',
        required: true,
        meaning: 'The invitation in that message',
        choices: []
      }
    ]
  },
  {
    method: 'groupCreate',
    title: 'Group Create',
    meaning: 'Creates a group',
    repeatable: false,
    args: [
      {
        name: 'subject',
        title: 'Subject',
        kind: 'text',
        required: true,
        meaning: 'The name of the group',
        choices: []
      },
      {
        name: 'participants',
        title: 'Participants',
        kind: 'texts',
        required: true,
        meaning: 'The first members. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'groupFetchAllParticipating',
    title: 'Group Fetch All Participating',
    meaning: 'Returns every group that the account belongs to, with its members. The reply can be large.',
    repeatable: true,
    args: []
  },
  {
    method: 'groupGetInviteInfo',
    title: 'Group Get Invite Info',
    meaning: 'Returns the metadata behind an invite link, without joining',
    repeatable: true,
    args: [
      {
        name: 'code',
        title: 'Code',
        kind: 'text',
        required: true,
        meaning: 'The code at the end of an invite link',
        choices: []
      }
    ]
  },
  {
    method: 'groupInviteCode',
    title: 'Group Invite Code',
    meaning: 'Returns the code of the invite link',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupJoinApprovalMode',
    title: 'Group Join Approval Mode',
    meaning: 'Sets whether admins must approve new members',
    repeatable: true,
    args: [
      {
        name: 'mode',
        title: 'Mode',
        kind: 'choice',
        required: true,
        meaning: 'Whether an admin must approve new members',
        choices: ['on', 'off']
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupLeave',
    title: 'Group Leave',
    meaning: 'Leaves a group',
    repeatable: true,
    args: [
      {
        name: 'id',
        title: 'ID',
        kind: 'text',
        required: true,
        meaning: 'The group or community to leave. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupMemberAddMode',
    title: 'Group Member Add Mode',
    meaning: 'Sets who may add members',
    repeatable: true,
    args: [
      {
        name: 'mode',
        title: 'Mode',
        kind: 'choice',
        required: true,
        meaning: 'Who may add members',
        choices: ['admin_add', 'all_member_add']
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupMetadata',
    title: 'Group Metadata',
    meaning: 'Returns data about a group: its name, description, members and settings',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupParticipantsUpdate',
    title: 'Group Participants Update',
    meaning: 'Adds, removes, promotes or demotes members. Returns a status for each.',
    repeatable: true,
    args: [
      {
        name: 'participants',
        title: 'Participants',
        kind: 'texts',
        required: true,
        meaning:
          'The people to add, remove, promote or demote. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      },
      {
        name: 'action',
        title: 'Action',
        kind: 'choice',
        required: true,
        meaning: 'What to do with these members',
        choices: ['add', 'remove', 'promote', 'demote', 'modify']
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupRequestParticipantsList',
    title: 'Group Request Participants List',
    meaning: 'Returns the pending requests to join',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupRequestParticipantsUpdate',
    title: 'Group Request Participants Update',
    meaning: 'Approves or rejects requests to join',
    repeatable: true,
    args: [
      {
        name: 'participants',
        title: 'Participants',
        kind: 'texts',
        required: true,
        meaning:
          'The people who asked to join. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      },
      {
        name: 'action',
        title: 'Action',
        kind: 'choice',
        required: true,
        meaning: 'What to do with the requests',
        choices: ['approve', 'reject']
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupRevokeInvite',
    title: 'Group Revoke Invite',
    meaning: 'Revokes the invite link. Returns the new code.',
    repeatable: false,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupRevokeInviteV4',
    title: 'Group Revoke Invite V4',
    meaning: "Withdraws one person's invitation",
    repeatable: true,
    args: [
      {
        name: 'groupJid',
        title: 'Group JID',
        kind: 'text',
        required: true,
        meaning: 'The group. It must be the jid of a group (…@g.us).',
        choices: []
      },
      {
        name: 'invitedJid',
        title: 'Invited JID',
        kind: 'text',
        required: true,
        meaning:
          'The person whose invitation to withdraw. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'groupSettingUpdate',
    title: 'Group Setting Update',
    meaning: 'Sets who may write and who may change the group',
    repeatable: true,
    args: [
      {
        name: 'setting',
        title: 'Setting',
        kind: 'choice',
        required: true,
        meaning: '`announcement`: only admins can write; `locked`: only admins can change the name, picture and description',
        choices: ['announcement', 'not_announcement', 'locked', 'unlocked']
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupToggleEphemeral',
    title: 'Group Toggle Ephemeral',
    meaning: 'Sets the timer for disappearing messages',
    repeatable: true,
    args: [
      {
        name: 'ephemeralExpiration',
        title: 'Ephemeral Expiration',
        kind: 'number',
        required: true,
        meaning: 'The number of seconds after which messages disappear; 0 keeps them',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupUpdateDescription',
    title: 'Group Update Description',
    meaning: 'Changes or removes the description of a group',
    repeatable: true,
    args: [
      {
        name: 'description',
        title: 'Description',
        kind: 'text',
        required: false,
        meaning: 'The new description; removed if missing',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'groupUpdateSubject',
    title: 'Group Update Subject',
    meaning: 'Renames a group',
    repeatable: true,
    args: [
      {
        name: 'subject',
        title: 'Subject',
        kind: 'text',
        required: true,
        meaning: 'The new name',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'logoutSession',
    title: 'Logout Session',
    meaning: 'Unlinks the session from its WhatsApp account and erases the credentials. The session itself remains, without a connection.',
    repeatable: true,
    args: []
  },
  {
    method: 'newsletterAdminCount',
    title: 'Newsletter Admin Count',
    meaning: 'Returns the number of admins of a channel',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterChangeOwner',
    title: 'Newsletter Change Owner',
    meaning: 'Transfers a channel to another owner',
    repeatable: false,
    args: [
      {
        name: 'newOwnerJid',
        title: 'New Owner JID',
        kind: 'text',
        required: true,
        meaning: 'The new owner. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterCreate',
    title: 'Newsletter Create',
    meaning: 'Creates a channel',
    repeatable: false,
    args: [
      {
        name: 'name',
        title: 'Name',
        kind: 'text',
        required: true,
        meaning: 'The name of the channel',
        choices: []
      },
      {
        name: 'description',
        title: 'Description',
        kind: 'text',
        required: false,
        meaning: 'The description of the channel',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterDelete',
    title: 'Newsletter Delete',
    meaning: 'Deletes a channel',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterDemote',
    title: 'Newsletter Demote',
    meaning: 'Demotes an admin of a channel',
    repeatable: true,
    args: [
      {
        name: 'userJid',
        title: 'User JID',
        kind: 'text',
        required: true,
        meaning: 'The admin to demote. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterFetchMessages',
    title: 'Newsletter Fetch Messages',
    meaning: "Returns messages from a channel in WhatsApp's raw form, as a stanza",
    repeatable: true,
    args: [
      {
        name: 'count',
        title: 'Count',
        kind: 'number',
        required: true,
        meaning: 'How many messages to return',
        choices: []
      },
      {
        name: 'since',
        title: 'Since',
        kind: 'number',
        required: true,
        meaning: 'Only messages since this time, in seconds since 1970; 0 for all',
        choices: []
      },
      {
        name: 'after',
        title: 'After',
        kind: 'number',
        required: true,
        meaning: 'Only messages after this number in the channel; 0 for all',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterFollow',
    title: 'Newsletter Follow',
    meaning: 'Follows a channel',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterMetadata',
    title: 'Newsletter Metadata',
    meaning: 'Returns data about a channel',
    repeatable: true,
    args: [
      {
        name: 'type',
        title: 'Type',
        kind: 'choice',
        required: true,
        meaning: 'The kind of `key`',
        choices: ['invite', 'jid']
      },
      {
        name: 'key',
        title: 'Key',
        kind: 'text',
        required: true,
        meaning: 'The code at the end of an invite link, or the jid of the channel',
        choices: []
      },
      {
        name: 'count',
        title: 'Count',
        kind: 'json',
        required: false,
        meaning: 'Accepted for older callers, and ignored',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterMute',
    title: 'Newsletter Mute',
    meaning: 'Mutes a channel',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterReactMessage',
    title: 'Newsletter React Message',
    meaning: 'Reacts to a channel message, or removes the reaction',
    repeatable: true,
    args: [
      {
        name: 'serverId',
        title: 'Server ID',
        kind: 'text',
        required: true,
        meaning:
          'The number of the message in the channel: `server_id` in its key. It must be the number of the message in the channel, not its id.',
        choices: []
      },
      {
        name: 'reaction',
        title: 'Reaction',
        kind: 'text',
        required: false,
        meaning: 'An emoji; if missing, Wabus removes the reaction',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterRemovePicture',
    title: 'Newsletter Remove Picture',
    meaning: 'Removes the picture of a channel',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterSubscribers',
    title: 'Newsletter Subscribers',
    meaning: 'Returns the number of followers of a channel',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterUnfollow',
    title: 'Newsletter Unfollow',
    meaning: 'Unfollows a channel',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterUnmute',
    title: 'Newsletter Unmute',
    meaning: 'Unmutes a channel',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterUpdate',
    title: 'Newsletter Update',
    meaning: 'Changes the name or description of a channel, or removes its picture',
    repeatable: true,
    args: [
      {
        name: 'updates',
        title: 'Updates',
        kind: 'json',
        required: true,
        meaning: 'The fields to change',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterUpdateDescription',
    title: 'Newsletter Update Description',
    meaning: 'Changes the description of a channel',
    repeatable: true,
    args: [
      {
        name: 'description',
        title: 'Description',
        kind: 'text',
        required: true,
        meaning: 'The new description',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterUpdateName',
    title: 'Newsletter Update Name',
    meaning: 'Renames a channel',
    repeatable: true,
    args: [
      {
        name: 'name',
        title: 'Name',
        kind: 'text',
        required: true,
        meaning: 'The new name',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'newsletterUpdatePicture',
    title: 'Newsletter Update Picture',
    meaning: 'Changes the picture of a channel',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      },
      {
        name: 'content',
        title: 'Content',
        kind: 'json',
        required: true,
        meaning: 'The picture',
        choices: []
      }
    ]
  },
  {
    method: 'onWhatsApp',
    title: 'On WhatsApp',
    meaning: 'Checks which of the given phone numbers and LIDs are on WhatsApp, and returns their jids',
    repeatable: true,
    args: [
      {
        name: 'phoneNumbers',
        title: 'Phone Numbers',
        kind: 'texts',
        required: true,
        meaning: 'Phone numbers in international format, jids or LIDs',
        choices: []
      }
    ]
  },
  {
    method: 'presenceSubscribe',
    title: 'Presence Subscribe',
    meaning: "Subscribes to a person's presence, which the event `presence.update` reports",
    repeatable: true,
    args: [
      {
        name: 'toJid',
        title: 'To JID',
        kind: 'text',
        required: true,
        meaning:
          'Whose presence to receive as `presence.update`. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'productCreate',
    title: 'Product Create',
    meaning: "Adds a product to the account's catalog",
    repeatable: false,
    args: [
      {
        name: 'create',
        title: 'Create',
        kind: 'json',
        required: true,
        meaning: 'The product',
        choices: []
      }
    ]
  },
  {
    method: 'productDelete',
    title: 'Product Delete',
    meaning: "Removes products from the account's catalog",
    repeatable: true,
    args: [
      {
        name: 'productIds',
        title: 'Product IDs',
        kind: 'texts',
        required: true,
        meaning: 'Ids of the products',
        choices: []
      }
    ]
  },
  {
    method: 'productUpdate',
    title: 'Product Update',
    meaning: "Changes a product in the account's catalog",
    repeatable: true,
    args: [
      {
        name: 'productId',
        title: 'Product ID',
        kind: 'text',
        required: true,
        meaning: 'Id of the product',
        choices: []
      },
      {
        name: 'update',
        title: 'Update',
        kind: 'json',
        required: true,
        meaning: 'The new fields',
        choices: []
      }
    ]
  },
  {
    method: 'profilePictureUrl',
    title: 'Profile Picture Url',
    meaning:
      'Returns the address of the picture of a chat, or `null` if there is none that this account may see. The address belongs to WhatsApp and expires.',
    repeatable: true,
    args: [
      {
        name: 'type',
        title: 'Type',
        kind: 'choice',
        required: false,
        meaning: 'Which size of the picture to return: small (`preview`) or full (`image`); `preview` if missing',
        choices: ['preview', 'image']
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The chat or person. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'query',
    title: 'Query',
    meaning: 'Sends a raw stanza and waits for the reply',
    repeatable: false,
    args: [
      {
        name: 'node',
        title: 'Node',
        kind: 'json',
        required: true,
        meaning: 'The stanza, usually an `iq`. Wabus sets an id if it has none.',
        choices: []
      },
      {
        name: 'timeoutMs',
        title: 'Timeout Ms',
        kind: 'number',
        required: false,
        meaning: 'How long to wait for the reply, in ms',
        choices: []
      }
    ]
  },
  {
    method: 'readMessages',
    title: 'Read Messages',
    meaning: 'Marks messages as read, and sends read receipts if the privacy settings permit them',
    repeatable: true,
    args: [
      {
        name: 'keys',
        title: 'Keys',
        kind: 'list',
        required: true,
        meaning: 'Keys of the messages that were read',
        choices: []
      }
    ]
  },
  {
    method: 'rejectCall',
    title: 'Reject Call',
    meaning: 'Rejects an incoming call',
    repeatable: true,
    args: [
      {
        name: 'callId',
        title: 'Call ID',
        kind: 'text',
        required: true,
        meaning: 'Id of the call',
        choices: []
      },
      {
        name: 'callFrom',
        title: 'Call From',
        kind: 'text',
        required: true,
        meaning: 'The caller. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'relayMessage',
    title: 'Relay Message',
    meaning: "Sends a message that you pass in the form of WhatsApp's own protobuf, as JSON. The reply is the id of the message.",
    repeatable: false,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The recipient. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'message',
        title: 'Message',
        kind: 'json',
        required: true,
        meaning:
          "The message as WhatsApp's protobuf `Message` in JSON, with bytes as `{type: 'Buffer', data: <base64>}`. Wabus does not check it further.",
        choices: []
      },
      {
        name: 'options',
        title: 'Options',
        kind: 'json',
        required: false,
        meaning: 'Options',
        choices: []
      }
    ]
  },
  {
    method: 'removeChatLabel',
    title: 'Remove Chat Label',
    meaning: 'Removes a label from a chat',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The chat. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'labelId',
        title: 'Label ID',
        kind: 'text',
        required: true,
        meaning: 'Id of the label',
        choices: []
      }
    ]
  },
  {
    method: 'removeContact',
    title: 'Remove Contact',
    meaning: 'Removes a contact',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The person. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'removeCoverPhoto',
    title: 'Remove Cover Photo',
    meaning: "Removes the cover photo of the account's business profile",
    repeatable: true,
    args: [
      {
        name: 'id',
        title: 'ID',
        kind: 'text',
        required: true,
        meaning: 'Id of the cover photo',
        choices: []
      }
    ]
  },
  {
    method: 'removeMessageLabel',
    title: 'Remove Message Label',
    meaning: 'Removes a label from a message',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The chat. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'messageId',
        title: 'Message ID',
        kind: 'text',
        required: true,
        meaning: 'Id of the message',
        choices: []
      },
      {
        name: 'labelId',
        title: 'Label ID',
        kind: 'text',
        required: true,
        meaning: 'Id of the label',
        choices: []
      }
    ]
  },
  {
    method: 'removeProfilePicture',
    title: 'Remove Profile Picture',
    meaning: 'Removes the picture of the account or a group',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The chat or person. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'removeQuickReply',
    title: 'Remove Quick Reply',
    meaning: 'Removes a quick reply',
    repeatable: true,
    args: [
      {
        name: 'timestamp',
        title: 'Timestamp',
        kind: 'text',
        required: true,
        meaning: 'The quick reply to remove',
        choices: []
      }
    ]
  },
  {
    method: 'requestPairingCode',
    title: 'Request Pairing Code',
    meaning: 'Requests a code from WhatsApp that you type on the phone instead of scanning a QR code',
    repeatable: false,
    args: [
      {
        name: 'phoneNumber',
        title: 'Phone Number',
        kind: 'text',
        required: true,
        meaning: "The account's phone number, with or without `+`. It must be a phone number in international format.",
        choices: []
      },
      {
        name: 'customCode',
        title: 'Custom Code',
        kind: 'text',
        required: false,
        meaning: 'A code of your choice: eight characters from `1-9`, `A-H`, `J-N`, `P-T` and `V-Z`. If missing, Wabus picks one.',
        choices: []
      }
    ]
  },
  {
    method: 'requestPlaceholderResend',
    title: 'Request Placeholder Resend',
    meaning: 'Asks the phone for the content of a message that arrived without content. The content arrives as an event.',
    repeatable: false,
    args: [
      {
        name: 'messageKey',
        title: 'Message Key',
        kind: 'json',
        required: true,
        meaning: 'Key of the message that arrived without content',
        choices: []
      }
    ]
  },
  {
    method: 'resetContactSession',
    title: 'Reset Contact Session',
    meaning:
      'Deletes the encryption sessions with all devices of a contact. Use it if messages from or to the contact remain unreadable. The next message in either direction creates new sessions.',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning:
          'The contact, by number or LID, without a device. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'restartSession',
    title: 'Restart Session',
    meaning: 'Reconnects the session to WhatsApp, or starts it if it is stopped',
    repeatable: false,
    args: []
  },
  {
    method: 'restoreSession',
    title: 'Restore Session',
    meaning:
      'Undoes a spurious logout: restores the newest snapshot of the credentials and connects. The session must be running and must not be linked.',
    repeatable: false,
    args: []
  },
  {
    method: 'sendMessage',
    title: 'Send Message',
    meaning: 'Sends a message: text, a location, contacts, a poll, an event, a reaction, a pin, an edit, a deletion, a forward and more',
    repeatable: false,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning:
          'The recipient: a jid, LID, group, channel or phone number; `status@broadcast` for a status. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'content',
        title: 'Content',
        kind: 'json',
        required: true,
        meaning: 'What to send: exactly one kind of content',
        choices: []
      },
      {
        name: 'options',
        title: 'Options',
        kind: 'json',
        required: false,
        meaning: 'Options for sending',
        choices: []
      }
    ]
  },
  {
    method: 'sendNode',
    title: 'Send Node',
    meaning: 'Sends a raw stanza',
    repeatable: false,
    args: [
      {
        name: 'frame',
        title: 'Frame',
        kind: 'json',
        required: true,
        meaning: 'The stanza',
        choices: []
      }
    ]
  },
  {
    method: 'sendPresenceUpdate',
    title: 'Send Presence Update',
    meaning: 'Shows the account as available, or as typing in a chat',
    repeatable: true,
    args: [
      {
        name: 'type',
        title: 'Type',
        kind: 'choice',
        required: true,
        meaning:
          'The presence to show. Others see `composing` and `recording` only after `available`. While the account is `available`, the phone gets no notifications.',
        choices: ['unavailable', 'available', 'composing', 'recording', 'paused']
      },
      {
        name: 'toJid',
        title: 'To JID',
        kind: 'text',
        required: false,
        meaning:
          'The chat, for `composing`, `recording` and `paused`. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'sendReceipt',
    title: 'Send Receipt',
    meaning: 'Sends a receipt for messages from one author',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The chat. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'participant',
        title: 'Participant',
        kind: 'text',
        required: false,
        meaning:
          'The author of the messages, in a group. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      },
      {
        name: 'messageIds',
        title: 'Message IDs',
        kind: 'texts',
        required: true,
        meaning: 'Ids of the messages',
        choices: []
      },
      {
        name: 'type',
        title: 'Type',
        kind: 'choice',
        required: false,
        meaning: 'Kind of receipt; a delivery receipt if missing',
        choices: ['read', 'read-self', 'hist_sync', 'peer_msg', 'sender', 'inactive', 'played']
      }
    ]
  },
  {
    method: 'sendReceipts',
    title: 'Send Receipts',
    meaning: 'Sends receipts for messages',
    repeatable: true,
    args: [
      {
        name: 'keys',
        title: 'Keys',
        kind: 'list',
        required: true,
        meaning: 'Keys of the messages',
        choices: []
      },
      {
        name: 'type',
        title: 'Type',
        kind: 'choice',
        required: false,
        meaning: 'Kind of receipt; a delivery receipt if missing',
        choices: ['read', 'read-self', 'hist_sync', 'peer_msg', 'sender', 'inactive', 'played']
      }
    ]
  },
  {
    method: 'star',
    title: 'Star',
    meaning: 'Stars or unstars messages',
    repeatable: true,
    args: [
      {
        name: 'messages',
        title: 'Messages',
        kind: 'list',
        required: true,
        meaning: 'The messages',
        choices: []
      },
      {
        name: 'star',
        title: 'Star',
        kind: 'flag',
        required: true,
        meaning: '`true` stars them, `false` unstars them',
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The chat or person. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.',
        choices: []
      }
    ]
  },
  {
    method: 'startSession',
    title: 'Start Session',
    meaning: 'Starts the session. After a logout, it shows a new QR code.',
    repeatable: true,
    args: []
  },
  {
    method: 'stopSession',
    title: 'Stop Session',
    meaning: 'Stops the session. It remains linked, so a later start needs no QR code.',
    repeatable: true,
    args: [
      {
        name: 'error',
        title: 'Error',
        kind: 'json',
        required: false,
        meaning: 'Accepted and ignored: older callers pass the reason for ending the connection',
        choices: []
      }
    ]
  },
  {
    method: 'submitPasskeyAssertion',
    title: 'Submit Passkey Assertion',
    meaning:
      'Sends WhatsApp the assertion that the browser signed with the passkey, and returns once WhatsApp has accepted it. The next step is on the phone.',
    repeatable: false,
    args: [
      {
        name: 'assertion',
        title: 'Assertion',
        kind: 'json',
        required: true,
        meaning:
          'The assertion from the browser: `{id, rawId, type, response: {clientDataJSON, authenticatorData, signature, userHandle}}`, with bytes as base64url. Other fields are ignored.',
        choices: []
      }
    ]
  },
  {
    method: 'subscribeNewsletterUpdates',
    title: 'Subscribe Newsletter Updates',
    meaning: 'Subscribes to live counts of views and reactions for a few minutes',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The channel. It must be the jid of a channel (…@newsletter).',
        choices: []
      }
    ]
  },
  {
    method: 'updateBlockStatus',
    title: 'Update Block Status',
    meaning: 'Blocks or unblocks a contact',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning:
          'The person to block or unblock. It must be a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format.',
        choices: []
      },
      {
        name: 'action',
        title: 'Action',
        kind: 'choice',
        required: true,
        meaning: 'What to do',
        choices: ['block', 'unblock']
      }
    ]
  },
  {
    method: 'updateBussinesProfile',
    title: 'Update Bussines Profile',
    meaning: "Changes the account's business profile. The name of the command has the same spelling as in Baileys.",
    repeatable: true,
    args: [
      {
        name: 'args',
        title: 'Args',
        kind: 'json',
        required: true,
        meaning: 'The fields to change',
        choices: []
      }
    ]
  },
  {
    method: 'updateCallPrivacy',
    title: 'Update Call Privacy',
    meaning: 'Sets who may call the account',
    repeatable: true,
    args: [
      {
        name: 'value',
        title: 'Value',
        kind: 'choice',
        required: true,
        meaning: 'Who may call',
        choices: ['all', 'known']
      }
    ]
  },
  {
    method: 'updateCoverPhoto',
    title: 'Update Cover Photo',
    meaning: "Changes the cover photo of the account's business profile. Returns its id.",
    repeatable: true,
    args: [
      {
        name: 'photo',
        title: 'Photo',
        kind: 'json',
        required: true,
        meaning: 'The photo',
        choices: []
      }
    ]
  },
  {
    method: 'updateDefaultDisappearingMode',
    title: 'Update Default Disappearing Mode',
    meaning: 'Sets the default timer for disappearing messages in new chats',
    repeatable: true,
    args: [
      {
        name: 'duration',
        title: 'Duration',
        kind: 'number',
        required: true,
        meaning: 'Seconds after which messages in new chats disappear; 0 keeps them',
        choices: []
      }
    ]
  },
  {
    method: 'updateDisableLinkPreviewsPrivacy',
    title: 'Update Disable Link Previews Privacy',
    meaning: 'Sets whether messages with links are sent without a preview',
    repeatable: true,
    args: [
      {
        name: 'isPreviewsDisabled',
        title: 'Is Previews Disabled',
        kind: 'flag',
        required: true,
        meaning: 'Whether links in messages are sent without a preview',
        choices: []
      }
    ]
  },
  {
    method: 'updateGroupsAddPrivacy',
    title: 'Update Groups Add Privacy',
    meaning: 'Sets who may add the account to groups',
    repeatable: true,
    args: [
      {
        name: 'value',
        title: 'Value',
        kind: 'choice',
        required: true,
        meaning: 'Who may add the account to groups',
        choices: ['all', 'contacts', 'contact_blacklist']
      }
    ]
  },
  {
    method: 'updateLastSeenPrivacy',
    title: 'Update Last Seen Privacy',
    meaning: 'Sets who can see when the account was last online',
    repeatable: true,
    args: [
      {
        name: 'value',
        title: 'Value',
        kind: 'choice',
        required: true,
        meaning: 'Who may see it',
        choices: ['all', 'contacts', 'contact_blacklist', 'none']
      }
    ]
  },
  {
    method: 'updateMediaMessage',
    title: 'Update Media Message',
    meaning: 'Asks the phone to upload the file of a message again. Returns the message with its new location.',
    repeatable: true,
    args: [
      {
        name: 'message',
        title: 'Message',
        kind: 'json',
        required: true,
        meaning: 'The message as in its event: `key` and `message`',
        choices: []
      }
    ]
  },
  {
    method: 'updateMemberLabel',
    title: 'Update Member Label',
    meaning: "Changes the label beside the account's name in a group",
    repeatable: true,
    args: [
      {
        name: 'memberLabel',
        title: 'Member Label',
        kind: 'text',
        required: true,
        meaning: "The label beside the account's name in this group; an empty string removes it",
        choices: []
      },
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning: 'The group or community. It must be the jid of a group (…@g.us).',
        choices: []
      }
    ]
  },
  {
    method: 'updateMessagesPrivacy',
    title: 'Update Messages Privacy',
    meaning: 'Sets who may send messages to the account',
    repeatable: true,
    args: [
      {
        name: 'value',
        title: 'Value',
        kind: 'choice',
        required: true,
        meaning: 'Who may write',
        choices: ['all', 'contacts']
      }
    ]
  },
  {
    method: 'updateOnlinePrivacy',
    title: 'Update Online Privacy',
    meaning: 'Sets who can see that the account is online',
    repeatable: true,
    args: [
      {
        name: 'value',
        title: 'Value',
        kind: 'choice',
        required: true,
        meaning: 'Who may see it',
        choices: ['all', 'match_last_seen']
      }
    ]
  },
  {
    method: 'updateProfileName',
    title: 'Update Profile Name',
    meaning: 'Changes the name that others see',
    repeatable: true,
    args: [
      {
        name: 'name',
        title: 'Name',
        kind: 'text',
        required: true,
        meaning: 'The name that others see',
        choices: []
      }
    ]
  },
  {
    method: 'updateProfilePicture',
    title: 'Update Profile Picture',
    meaning: 'Changes the picture of the account or a group',
    repeatable: true,
    args: [
      {
        name: 'jid',
        title: 'JID',
        kind: 'text',
        required: true,
        meaning:
          "The account's own jid, or a group. It must be a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format.",
        choices: []
      },
      {
        name: 'content',
        title: 'Content',
        kind: 'json',
        required: true,
        meaning: 'The picture',
        choices: []
      },
      {
        name: 'dimensions',
        title: 'Dimensions',
        kind: 'json',
        required: false,
        meaning: 'The size to scale it to; 640 by 640 if missing',
        choices: []
      }
    ]
  },
  {
    method: 'updateProfilePicturePrivacy',
    title: 'Update Profile Picture Privacy',
    meaning: 'Sets who can see the profile picture',
    repeatable: true,
    args: [
      {
        name: 'value',
        title: 'Value',
        kind: 'choice',
        required: true,
        meaning: 'Who may see it',
        choices: ['all', 'contacts', 'contact_blacklist', 'none']
      }
    ]
  },
  {
    method: 'updateProfileStatus',
    title: 'Update Profile Status',
    meaning: 'Changes or removes the about text. The reply contains the time for which WhatsApp shows it.',
    repeatable: true,
    args: [
      {
        name: 'status',
        title: 'Status',
        kind: 'text',
        required: true,
        meaning: 'The about text; an empty string removes it',
        choices: []
      },
      {
        name: 'duration',
        title: 'Duration',
        kind: 'number',
        required: false,
        meaning:
          'How many seconds others see the text. If missing, they see it until you change it, or for a day if WhatsApp does not permit that.',
        choices: []
      },
      {
        name: 'emoji',
        title: 'Emoji',
        kind: 'text',
        required: false,
        meaning: 'An emoji to show with the text',
        choices: []
      }
    ]
  },
  {
    method: 'updateReadReceiptsPrivacy',
    title: 'Update Read Receipts Privacy',
    meaning: 'Sets who can see read receipts',
    repeatable: true,
    args: [
      {
        name: 'value',
        title: 'Value',
        kind: 'choice',
        required: true,
        meaning: 'Who can see read receipts',
        choices: ['all', 'none']
      }
    ]
  },
  {
    method: 'updateStatusPrivacy',
    title: 'Update Status Privacy',
    meaning: 'Sets who can see the about text',
    repeatable: true,
    args: [
      {
        name: 'value',
        title: 'Value',
        kind: 'choice',
        required: true,
        meaning: 'Who may see it',
        choices: ['all', 'contacts', 'contact_blacklist', 'none']
      }
    ]
  }
];
