import { Controller, Get } from '@nestjs/common';
import { GATEWAY_NAMESPACE } from '@wabus/contracts';
import { OpenEndpoint } from '@wabus/runtime';

/** What a browser or `curl` sees at `/`: where everything is. */
@OpenEndpoint()
@Controller()
export class WelcomeController {
  @Get('/')
  welcome(): Record<string, string> {
    return { name: 'wabus', events: GATEWAY_NAMESPACE, sessions: '/api/sessions', health: '/health/ready' };
  }
}
