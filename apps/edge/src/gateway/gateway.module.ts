import { Module } from '@nestjs/common';
import { EventsInModule } from '../events-in/events-in.module.js';
import { EventsGateway } from './events.gateway.js';
import { GatewayObserver } from './gateway.observer.js';
import { HandshakeAuthenticator } from './handshake.authenticator.js';
import { RootGateway } from './root.gateway.js';

@Module({ imports: [EventsInModule], providers: [HandshakeAuthenticator, GatewayObserver, EventsGateway, RootGateway] })
export class GatewayModule {}
