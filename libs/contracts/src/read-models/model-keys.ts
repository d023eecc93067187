import type { SessionId } from '../ids/ids.js';

/** The bucket of the read models: what the event log says, folded into records. Of edges only; it holds texts and phone numbers as the log does, and no keys. */
export const MODELS_BUCKET = 'WABUS_MODELS';

/** What a record is about. `alias` says which other jid is the same person. */
export const MODEL_KINDS = ['chat', 'contact', 'group', 'label', 'alias', 'message'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** Which edge projects; the revision of this key is the epoch under which it writes. */
export const PROJECTOR_KEY = 'projector';
/** How far the projection is. */
export const PROJECTION_KEY = 'projection';
/** Where the models of a session begin: events before it belong to a session of the same id that was deleted. */
export const modelFloorKey = (session: SessionId): string => `session.${session}`;
export const MODEL_FLOOR_KEYS = 'session.*';
/** A rebuild that is wanted or runs. */
export const rebuildKey = (session: SessionId): string => `rebuild.${session}`;
export const REBUILD_KEYS = 'rebuild.*';
/** Events of a session that could not be projected. */
export const skipsKey = (session: SessionId): string => `skips.${session}`;
