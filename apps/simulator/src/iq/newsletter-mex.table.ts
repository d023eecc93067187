import { QueryIds, XWAPaths } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import type { World } from '../world/world.js';
import { FETCH_NEWSLETTER } from './mex-variables.policy.js';
import { newslettersOf, type Newsletter } from './newsletter.registry.js';

/** The variables of one GraphQL query, untrusted. */
export type MexVariables = Readonly<Record<string, unknown>>;

/** The result of a query, which becomes `{data: {[path]: value}}`, or `{errors: […]}` with a code. */
export type MexAnswer = { path: string; value: unknown } | { code: number; message: string };

export interface MexRequest {
  world: World;
  account: Account;
  variables: MexVariables;
}

const notFound: MexAnswer = { code: 404, message: 'Not Found' };
const forbidden: MexAnswer = { code: 403, message: 'Forbidden' };

/** Baileys' newsletter methods, by the id of their stored GraphQL query. */
export const newsletterMex: Readonly<Record<string, (question: MexRequest) => MexAnswer>> = {
  [QueryIds.CREATE]: ({ world, account, variables }) => {
    const input = recordAt(variables, 'input');
    const created = newslettersOf(world).create(account, textAt(input, 'name') ?? '', textAt(input, 'description'));
    return { path: XWAPaths.xwa2_newsletter_create, value: describe(created, account) };
  },
  [QueryIds.METADATA]: metadata,
  [FETCH_NEWSLETTER]: metadata,
  [QueryIds.UPDATE_METADATA]: question =>
    asAdmin(question, newsletter => {
      const updates = recordAt(question.variables, 'updates');
      newsletter.name = textAt(updates, 'name') ?? newsletter.name;
      newsletter.description = textAt(updates, 'description') ?? newsletter.description;
      newsletter.pictureId = textAt(updates, 'picture') === '' ? '' : newsletter.pictureId;
      return { path: 'xwa2_newsletter_update', value: describe(newsletter, question.account) };
    }),
  [QueryIds.SUBSCRIBERS]: question =>
    onNewsletter(question, ({ followers }) => ({ path: XWAPaths.xwa2_newsletter_subscribers, value: { subscribers: followers.size } })),
  [QueryIds.FOLLOW]: question =>
    onNewsletter(question, newsletter => {
      newsletter.followers.add(question.account);
      return { path: XWAPaths.xwa2_newsletter_join_v2, value: describe(newsletter, question.account) };
    }),
  [QueryIds.UNFOLLOW]: question =>
    onNewsletter(question, newsletter => {
      newsletter.followers.delete(question.account);
      return { path: XWAPaths.xwa2_newsletter_leave_v2, value: describe(newsletter, question.account) };
    }),
  [QueryIds.MUTE]: question => mute(question, true),
  [QueryIds.UNMUTE]: question => mute(question, false),
  [QueryIds.ADMIN_COUNT]: question =>
    onNewsletter(question, ({ admins }) => ({ path: XWAPaths.xwa2_newsletter_admin_count, value: { admin_count: admins.size } })),
  [QueryIds.CHANGE_OWNER]: question =>
    asOwner(question, newsletter => {
      const next = question.world.accounts.resolve(textAt(question.variables, 'user_id'))?.account;
      if (!next) return notFound;
      newsletter.owner = next;
      newsletter.admins.add(next);
      return { path: XWAPaths.xwa2_newsletter_change_owner, value: { id: newsletter.jid } };
    }),
  [QueryIds.DEMOTE]: question =>
    asOwner(question, newsletter => {
      const demoted = question.world.accounts.resolve(textAt(question.variables, 'user_id'))?.account;
      if (!demoted || !newsletter.admins.delete(demoted)) return notFound;
      return { path: XWAPaths.xwa2_newsletter_demote, value: { id: newsletter.jid } };
    }),
  [QueryIds.DELETE]: question =>
    asOwner(question, newsletter => {
      newslettersOf(question.world).delete(newsletter);
      return { path: XWAPaths.xwa2_newsletter_delete_v2, value: { id: newsletter.jid, state: { type: 'DELETED' } } };
    })
};

function metadata({ world, account, variables }: MexRequest): MexAnswer {
  const found = newslettersOf(world).find(textAt(recordAt(variables, 'input'), 'key') ?? '');
  return found ? { path: XWAPaths.xwa2_newsletter_metadata, value: describe(found, account) } : notFound;
}

function mute(question: MexRequest, on: boolean): MexAnswer {
  return onNewsletter(question, newsletter => {
    if (on) newsletter.mutedBy.add(question.account);
    else newsletter.mutedBy.delete(question.account);
    return {
      path: on ? XWAPaths.xwa2_newsletter_mute_v2 : XWAPaths.xwa2_newsletter_unmute_v2,
      value: describe(newsletter, question.account)
    };
  });
}

function onNewsletter({ world, variables }: MexRequest, answer: (newsletter: Newsletter) => MexAnswer): MexAnswer {
  const newsletter = newslettersOf(world).find(textAt(variables, 'newsletter_id') ?? '');
  return newsletter ? answer(newsletter) : notFound;
}

function asAdmin(question: MexRequest, answer: (newsletter: Newsletter) => MexAnswer): MexAnswer {
  return onNewsletter(question, newsletter => (newsletter.admins.has(question.account) ? answer(newsletter) : forbidden));
}

function asOwner(question: MexRequest, answer: (newsletter: Newsletter) => MexAnswer): MexAnswer {
  return onNewsletter(question, newsletter => (newsletter.owner === question.account ? answer(newsletter) : forbidden));
}

/** Returns the form that Baileys reads after creating a newsletter and emits as metadata. */
function describe(newsletter: Newsletter, viewer: Account): object {
  const { jid, name, description, createdAt, inviteCode, pictureId, followers, mutedBy } = newsletter;
  const updated = String(createdAt * 1_000_000);
  return {
    id: jid,
    state: { type: 'ACTIVE' },
    thread_metadata: {
      creation_time: String(createdAt),
      name: { id: updated, text: name, update_time: updated },
      description: { id: updated, text: description, update_time: updated },
      handle: null,
      invite: inviteCode,
      picture: { id: pictureId, type: 'IMAGE', direct_path: '' },
      preview: { id: pictureId, type: 'PREVIEW', direct_path: '' },
      subscribers_count: String(followers.size),
      verification: 'UNVERIFIED'
    },
    viewer_metadata: { mute: mutedBy.has(viewer) ? 'ON' : 'OFF', role: roleOf(newsletter, viewer) }
  };
}

function roleOf({ owner, admins, followers }: Newsletter, viewer: Account): string {
  if (owner === viewer) return 'OWNER';
  if (admins.has(viewer)) return 'ADMIN';
  return followers.has(viewer) ? 'SUBSCRIBER' : 'GUEST';
}

function recordAt(variables: MexVariables, name: string): MexVariables {
  const value = variables[name];
  return typeof value === 'object' && value !== null ? (value as MexVariables) : {};
}

function textAt(variables: MexVariables, name: string): string | undefined {
  const value = variables[name];
  return typeof value === 'string' ? value : undefined;
}
