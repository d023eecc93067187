import { command, CONFIGURES, READS, socketCommand, type SocketReply } from '../command-row.js';
import {
  BusinessProfileRequest,
  CatalogRequest,
  CollectionsRequest,
  CoverPhotoRequest,
  DeleteProductsRequest,
  OrderRequest
} from '../requests/business.requests.js';
import { JidRequest } from '../requests/chats.requests.js';
import { NoArguments } from '../session.request.js';

/** Commands for business accounts: profile, catalog, orders and bots. */
export const BUSINESS_COMMANDS = {
  getBusinessProfile: socketCommand<'getBusinessProfile'>()({
    ...READS,
    request: JidRequest,
    parameters: ['jid'],
    meaning: 'Returns the business profile of a contact.'
  }),
  // The class is as strict as Baileys' union, but the compiler cannot prove it.
  updateBussinesProfile: command<SocketReply<'updateBussinesProfile'>>()({
    target: 'socket',
    ...CONFIGURES,
    request: BusinessProfileRequest,
    parameters: ['args'],
    meaning: "Changes the account's business profile. The name of the command has the same spelling as in Baileys."
  }),
  removeCoverPhoto: socketCommand<'removeCoverPhoto'>()({
    ...CONFIGURES,
    request: CoverPhotoRequest,
    parameters: ['id'],
    meaning: "Removes the cover photo of the account's business profile."
  }),
  getCatalog: command<SocketReply<'getCatalog'>>()({
    target: 'socket',
    ...READS,
    request: CatalogRequest,
    parameters: ['jid', 'limit', 'cursor'],
    pass: 'object',
    meaning: 'Returns the products in a catalog, page by page.'
  }),
  getCollections: socketCommand<'getCollections'>()({
    ...READS,
    request: CollectionsRequest,
    parameters: ['jid', 'limit'],
    meaning: 'Returns the collections in a catalog.'
  }),
  getOrderDetails: socketCommand<'getOrderDetails'>()({
    ...READS,
    request: OrderRequest,
    parameters: ['orderId', 'tokenBase64'],
    meaning: 'Returns the products in an order message.'
  }),
  productDelete: socketCommand<'productDelete'>()({
    ...CONFIGURES,
    request: DeleteProductsRequest,
    parameters: ['productIds'],
    meaning: "Removes products from the account's catalog."
  }),
  getBotListV2: socketCommand<'getBotListV2'>()({
    ...READS,
    request: NoArguments,
    parameters: [],
    meaning: 'Returns the bots that WhatsApp offers.'
  })
} as const;
