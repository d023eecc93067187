import type { Account } from '../accounts/account.js';
import { child, children, element, requiredChild, stanzaText, type Stanza } from '../stanza/stanza.js';
import { emptyResult, iqRefusal, type IqAnswer, type IqHandler, type IqRequest } from '../world/iq-request.js';
import { worldSlot } from '../world/world-slot.js';

/** The data that a business account publishes about itself. */
export interface Business {
  /** The profile's elements by tag (`address`, `email`, several `website` …). */
  readonly profile: Map<string, Stanza[]>;
  /** `<product>` elements by product id, oldest first. */
  readonly products: Map<string, Stanza>;
}

/** The businesses of one world: an account becomes a business when it publishes data. */
export class BusinessRegistry {
  private readonly businesses = new Map<Account, Business>();
  private sequence = 0;

  of(account: Account): Business {
    const known = this.businesses.get(account);
    if (known) return known;
    const fresh: Business = { profile: new Map(), products: new Map() };
    this.businesses.set(account, fresh);
    return fresh;
  }

  find(account: Account): Business | undefined {
    return this.businesses.get(account);
  }

  nextProductId(): string {
    return String(7_000_000_000 + ++this.sequence);
  }
}

export const businessesOf = worldSlot(() => new BusinessRegistry());

/** Reads and changes business profiles (`w:biz`). An account that never set a profile has none. */
export const businessIqHandler: IqHandler = ({ world, account, stanza, type, tag }) => {
  if (!account) return iqRefusal.notAuthorized;
  if (tag !== 'business_profile') return emptyResult;
  const question = requiredChild(stanza, 'business_profile');
  if (type === 'set') {
    const { profile } = businessesOf(world).of(account);
    const tags = new Set(children(question).map(each => each.tag));
    for (const name of tags) profile.set(name, children(question, name));
    return emptyResult;
  }
  const jid = child(question, 'profile')?.attrs['jid'];
  const owner = world.accounts.resolve(jid)?.account;
  const business = owner && businessesOf(world).find(owner);
  const profiles = business ? [element('profile', { jid }, [...business.profile.values()].flat())] : [];
  return { result: [element('business_profile', { v: '244' }, profiles)] };
};

/** Reads and changes product catalogs (`w:biz:catalog`). Collections exist but are empty. */
export const catalogIqHandler: IqHandler = request => {
  const { world, account, stanza, tag } = request;
  if (!account) return iqRefusal.notAuthorized;
  const question = child(stanza);
  if (!question) return iqRefusal.badRequest;
  switch (tag) {
    case 'product_catalog':
      return list(request, question);
    case 'collections':
      return { result: [element('collections', {}, [])] };
    case 'product_catalog_add':
      return add(request, account, requiredChild(question, 'product'));
    case 'product_catalog_edit':
      return edit(businessesOf(world).of(account), requiredChild(question, 'product'));
    case 'product_catalog_delete':
      return remove(businessesOf(world).of(account), children(question, 'product'));
    default:
      return emptyResult;
  }
};

/** Always finds no order: orders belong to chats that the simulator does not have (`fb:thrift_iq`). */
export const orderIqHandler: IqHandler = () => iqRefusal.notFound;

function list({ world }: IqRequest, question: Stanza): IqAnswer {
  const owner = world.accounts.resolve(question.attrs['jid'])?.account;
  const products = [...((owner && businessesOf(world).find(owner)?.products.values()) ?? [])];
  const after = Number(stanzaText(child(question, 'after')) ?? 0);
  const limit = Number(stanzaText(child(question, 'limit')) ?? 10);
  const end = after + limit;
  const paging = end < products.length ? [element('paging', {}, [element('after', {}, Buffer.from(String(end)))])] : [];
  return { result: [element('product_catalog', {}, [...products.slice(after, end), ...paging])] };
}

function add({ world }: IqRequest, account: Account, wanted: Stanza): IqAnswer {
  const id = businessesOf(world).nextProductId();
  const product = productElement(id, wanted);
  businessesOf(world).of(account).products.set(id, product);
  return { result: [element('product_catalog_add', {}, [product])] };
}

function edit({ products }: Business, wanted: Stanza): IqAnswer {
  const id = stanzaText(child(wanted, 'id')) ?? '';
  if (!products.has(id)) return iqRefusal.notFound;
  const product = productElement(id, wanted);
  products.set(id, product);
  return { result: [element('product_catalog_edit', {}, [product])] };
}

function remove({ products }: Business, wanted: Stanza[]): IqAnswer {
  const deleted = wanted.filter(product => products.delete(stanzaText(child(product, 'id')) ?? '')).length;
  return { result: [element('product_catalog_delete', { deleted_count: deleted })] };
}

/** Returns the stored form of a product: the requested fields, an id, an approved review, and the pictures under the names that readers expect. */
function productElement(id: string, wanted: Stanza): Stanza {
  const own = children(wanted).filter(({ tag }) => tag !== 'id' && tag !== 'media');
  const url = child(child(child(wanted, 'media'), 'image'), 'url')?.content;
  const image =
    url === undefined ? [] : [element('image', {}, [element('request_image_url', {}, url), element('original_image_url', {}, url)])];
  return element('product', { is_hidden: wanted.attrs['is_hidden'] ?? 'false' }, [
    element('id', {}, Buffer.from(id)),
    ...own,
    element('media', {}, image),
    element('status_info', {}, [element('status', {}, Buffer.from('APPROVED'))])
  ]);
}
