import { Injectable } from '@nestjs/common';
import { LinkPreviewFields, type SendMessageRequest } from '@wabus/contracts';
import { plainToInstance } from 'class-transformer';
import { Egress, type EgressStream } from '../egress/egress.js';
import { ArgumentMedia, type CommandWithMedia } from './argument-media.js';
import { charsetOf, firstLink, previewOf, type PagePreview } from './link-preview.policy.js';

const MAX_REDIRECTS = 3;
const LIMIT_MS = 5_000;
/** A page declares its preview near its start. */
const MAX_PAGE_BYTES = 1024 * 1024;
const HTML = /^(text\/html|application\/xhtml\+xml)\b/i;

/** Adds to a text the preview of the page behind its first link, if the caller requests it. */
@Injectable()
export class LinkPreviews {
  constructor(
    private readonly egress: Egress,
    private readonly media: ArgumentMedia
  ) {}

  /**
   * Returns the arguments like `ArgumentMedia.stored`, with a link preview if the caller requests one. Throws the errors of that method. A
   * preview that is unavailable is omitted.
   */
  async stored(command: CommandWithMedia): Promise<object> {
    return this.media.stored({ ...command, args: await this.completed(command) });
  }

  /**
   * Returns the arguments with `content.linkPreview` and its picture stored. Returns them unchanged if no preview is requested, if they
   * already contain one, or if none is available. Never rejects.
   */
  private async completed(command: CommandWithMedia): Promise<object> {
    const { args } = command;
    const { content, options } = args as Partial<SendMessageRequest>;
    if (options?.linkPreview !== true) return args;
    const { text, linkPreview } = content as { text?: string | null; linkPreview?: unknown };
    const link = typeof text === 'string' && linkPreview == null ? firstLink(text) : null;
    if (link === null) return args;
    const limitMs = Math.min(LIMIT_MS, Math.floor(command.limitMs / 2));
    const page = await this.page(link, limitMs).catch(() => null);
    if (page === null) return args;
    const picture = page.picture === null ? null : await this.picture(page.picture, { ...command, limitMs }).catch(() => null);
    const preview = {
      'matched-text': link,
      'canonical-url': link,
      title: page.title,
      ...(page.description === null ? {} : { description: page.description }),
      ...(picture === null ? {} : { picture: { media: picture } })
    };
    return { ...args, content: { ...content, linkPreview: preview } };
  }

  private async page(url: string, timeoutMs: number): Promise<PagePreview | null> {
    const headers = { accept: 'text/html,application/xhtml+xml', 'user-agent': 'Mozilla/5.0 (compatible; Wabus link preview)' };
    return this.egress.stream({ url, method: 'GET', headers, redirects: MAX_REDIRECTS, timeoutMs }, async answer =>
      answer.status === 200 && HTML.test(answer.headers['content-type'] ?? '') ? previewOf(await textOf(answer), url) : null
    );
  }

  private async picture(url: string, command: CommandWithMedia): Promise<string> {
    const args = plainToInstance(LinkPreviewFields, { picture: { url } });
    const { picture } = (await this.media.stored({ ...command, args })) as { picture: { media: string } };
    return picture.media;
  }
}

async function textOf({ headers, body }: EgressStream): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= MAX_PAGE_BYTES) break;
  }
  const content = Buffer.concat(pieces).subarray(0, MAX_PAGE_BYTES);
  const charset = charsetOf(headers['content-type'], content.subarray(0, 4_096).toString('latin1'));
  try {
    return new TextDecoder(charset).decode(content);
  } catch {
    return content.toString('utf8');
  }
}
