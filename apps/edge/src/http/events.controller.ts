import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { KnownPeople } from '../read-models/reading/known-people.js';
import { parseEventQuery, type EventQuery } from './query.policy.js';
import { EventStreamResponder } from './event-stream.responder.js';
import { HistoryResponder } from './history.responder.js';

/**
 * Serves events over HTTP. The `Accept` header selects a page of past events as JSON, all past events as NDJSON, or past and live events as
 * Server-Sent Events. The session is authorized once, by its decoded id.
 */
@Controller('api')
export class EventsController {
  constructor(
    private readonly history: HistoryResponder,
    private readonly streams: EventStreamResponder,
    private readonly people: KnownPeople
  ) {}

  @Get('events')
  all(@CurrentPrincipal() principal: Principal, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer(parseEventQuery(request.query, principal), { principal, request, response });
  }

  @Get('sessions/:session/events')
  ofSession(
    @CurrentPrincipal() principal: Principal,
    @Param('session') session: string,
    @Req() request: Request,
    @Res() response: Response
  ): Promise<void> {
    return this.answer(parseEventQuery(request.query, principal, session), { principal, request, response });
  }

  private async answer(
    asked: EventQuery,
    { principal, request, response }: { principal: Principal; request: Request; response: Response }
  ): Promise<void> {
    const { selection } = asked;
    const query = { ...asked, selection: { ...selection, chats: await this.people.widened(selection.chats, selection.sessions) } };
    response.vary('Accept');
    const type = request.accepts(['application/json', 'application/x-ndjson', 'text/event-stream']);
    // Nothing would notice the end of a stream without a body.
    if (request.method === 'HEAD' && type !== 'application/json') {
      response
        .status(200)
        .type(type || 'application/json')
        .end();
      return;
    }
    switch (type) {
      case 'application/x-ndjson':
        return this.history.sendAll(query, principal, response);
      case 'text/event-stream':
        return this.streams.send(query, principal, { response, lastEventId: request.get('last-event-id') });
      default:
        return this.history.sendPage(query, principal, response);
    }
  }
}
