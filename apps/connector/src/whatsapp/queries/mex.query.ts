import { WabusError } from '@wabus/contracts';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, S_WHATSAPP_NET } from '../baileys.js';
import { refusedByWhatsApp } from '../sending/whatsapp-error.mapper.js';

/** A stored GraphQL query or mutation. */
export interface MexQuestion {
  readonly queryId: string;
  /** All variables that the query declares: WhatsApp refuses the query with 400 if one is missing. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The field of `data` that contains the answer. */
  readonly path: string;
}

interface MexReply {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly error_code?: number } }[];
}

/** Sends a query over `w:mex`; resolves to its answer. Throws `REFUSED_BY_WHATSAPP` with the code of the first error, and the errors of `socket.query`. */
export async function mexQuery(socket: Pick<WASocket, 'query'>, { queryId, variables, path }: MexQuestion): Promise<unknown> {
  const content = await mexContent(socket, queryId, variables);
  if (content === undefined || Array.isArray(content)) throw new WabusError('INTERNAL');
  const { data, errors } = JSON.parse(Buffer.from(content).toString('utf8')) as MexReply;
  if (errors?.[0]) throw refusedByWhatsApp(errors[0].extensions?.error_code ?? 400);
  return data?.[path];
}

/** Whether WhatsApp refused a query with 400, because its variables or its id are out of date. */
export function isBadRequest(error: unknown): boolean {
  return error instanceof WabusError && error.code === 'REFUSED_BY_WHATSAPP' && error.details?.['statusCode'] === 400;
}

/** Sends a query over `w:mex`; resolves to the undecoded content of the answer. Throws the errors of `socket.query`. */
export async function mexContent(
  socket: Pick<WASocket, 'query'>,
  queryId: string,
  variables: MexQuestion['variables']
): Promise<BinaryNode['content']> {
  const question = { tag: 'query', attrs: { query_id: queryId }, content: Buffer.from(JSON.stringify({ variables })) };
  const answer = (await socket.query({
    tag: 'iq',
    attrs: { type: 'get', to: S_WHATSAPP_NET, xmlns: 'w:mex' },
    content: [question]
  })) as BinaryNode | undefined;
  return getBinaryNodeChild(answer, 'result')?.content;
}
