import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

/** The credential of the nodes: the address of an edge, and a token. */
export class WabusApi implements ICredentialType {
  name = 'wabusApi';

  displayName = 'Wabus API';

  icon = { light: 'file:../icons/wabus.svg', dark: 'file:../icons/wabus.dark.svg' } as const;

  documentationUrl = 'https://github.com/wabus/wabus/blob/main/docs/n8n.md#credential';

  properties: INodeProperties[] = [
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: 'http://localhost:3000',
      placeholder: 'https://wabus.example.org',
      required: true,
      description: 'The address at which n8n reaches an edge'
    },
    {
      displayName: 'Access Token',
      name: 'token',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      description: 'A token with the scopes read and send, and control for the Wabus Trigger, QR codes and starting sessions'
    }
  ];

  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } }
  };

  test: ICredentialTestRequest = {
    request: { baseURL: '={{$credentials.baseUrl.replace(new RegExp("/+$"), "")}}', url: '/api/sessions' }
  };
}
