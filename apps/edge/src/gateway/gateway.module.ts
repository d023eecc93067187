import { Module, type DynamicModule } from '@nestjs/common';
import { DurableGateway } from './durable.gateway.js';
import { EventsGateway } from './events.gateway.js';
import { GatewayObserver } from './gateway.observer.js';
import { GatewaySettings } from './gateway.settings.js';
import { HandshakeAuthenticator } from './handshake.authenticator.js';
import { RootGateway } from './root.gateway.js';
import { SubscriberFactory } from './subscriber.factory.js';

@Module({})
export class GatewayModule {
  static forSettings(settings: GatewaySettings): DynamicModule {
    return {
      module: GatewayModule,
      providers: [
        { provide: GatewaySettings, useValue: settings },
        HandshakeAuthenticator,
        GatewayObserver,
        SubscriberFactory,
        DurableGateway,
        EventsGateway,
        RootGateway
      ]
    };
  }
}
