import { WebSocketGateway } from '@nestjs/websockets';
import { EventsGateway } from './events.gateway.js';

/** The same gateway in the root namespace: python-socketio drops the path of its URL and joins there. */
@WebSocketGateway({ namespace: '/' })
export class RootGateway extends EventsGateway {}
