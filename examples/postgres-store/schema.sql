-- The tables of examples/postgres-store/store.mjs. You can run it again: it does not change existing tables.
CREATE TABLE IF NOT EXISTS positions (
  reader  text PRIMARY KEY,
  cursor  text NOT NULL,
  -- The number of events that have taken effect since the beginning; each counts once.
  applied bigint NOT NULL DEFAULT 0
);

-- The two addresses of a person, each with the other, because events may use either.
CREATE TABLE IF NOT EXISTS addresses (
  session text NOT NULL,
  jid     text NOT NULL,
  other   text NOT NULL,
  PRIMARY KEY (session, jid)
);

CREATE TABLE IF NOT EXISTS contacts (
  session    text NOT NULL,
  jid        text NOT NULL,
  name       text,
  push_name  text,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (session, jid)
);

CREATE TABLE IF NOT EXISTS chats (
  session         text NOT NULL,
  jid             text NOT NULL,
  name            text,
  last_message_at timestamptz,
  messages        bigint NOT NULL DEFAULT 0,
  archived        boolean,
  deleted_at      timestamptz,
  PRIMARY KEY (session, jid)
);

CREATE TABLE IF NOT EXISTS messages (
  session           text NOT NULL,
  chat              text NOT NULL,
  id                text NOT NULL,
  from_me           boolean NOT NULL,
  -- The author in a group; otherwise empty.
  participant       text NOT NULL,
  sent_at           timestamptz NOT NULL,
  push_name         text,
  kind              text,
  text              text,
  -- The content from WhatsApp; null while it cannot be read, and after a deletion.
  content           jsonb,
  status            smallint,
  edited_at         timestamptz,
  -- When the message was deleted for everybody, and for this account only.
  revoked_at        timestamptz,
  deleted_for_me_at timestamptz,
  -- The cursor of the event: media.download(cursor) returns the file.
  cursor            text,
  PRIMARY KEY (session, chat, id, from_me, participant)
);
CREATE INDEX IF NOT EXISTS messages_by_time ON messages (session, chat, sent_at);
CREATE INDEX IF NOT EXISTS messages_by_id ON messages (session, id);

CREATE TABLE IF NOT EXISTS reactions (
  session    text NOT NULL,
  chat       text NOT NULL,
  message_id text NOT NULL,
  -- The author of the reaction: a jid, or me.
  author     text NOT NULL,
  emoji      text NOT NULL,
  at         timestamptz NOT NULL,
  PRIMARY KEY (session, chat, message_id, author)
);
